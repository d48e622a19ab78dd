package koinon.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.local.broker.Broker;
import koinon.local.database.Database;
import koinon.local.process.CannotStart;
import koinon.local.process.Java;
import koinon.local.process.ManagedProcess;
import koinon.local.system.DataFolder;
import koinon.local.system.Port;
import koinon.local.system.ProcessDefinition;
import koinon.local.system.Terminal;

/// The processes of Koinon on one machine, with their settings.
///
/// @param root the folder of the project, with the built jars of the modules
/// @param environment the environment of the launcher, which can name a database
record Composition(Path root, Map<String, String> environment, DataFolder home, Port.Table ports, Terminal terminal) {

    /// Broker and database start first; the other processes wait for each other by themselves.
    List<List<ProcessDefinition>> waves() {
        var foundation = new ArrayList<ProcessDefinition>();
        foundation.add(new ProcessDefinition("broker", _ -> broker(), Port.BROKER.readiness()));
        if (!databaseIsNamed())
            foundation.add(new ProcessDefinition("database", _ -> database(), Port.DATABASE.readiness()));
        return List.of(
                foundation,
                Stream.of(
                                spring(Port.IDENTITY, "infra/identity", small(Port.IDENTITY, "128m")),
                                spring(Port.CITIES, "services/cities", small(Port.CITIES, "192m")),
                                spring(Port.PROJECTS, "services/projects", small(Port.PROJECTS, "256m")),
                                spring(Port.FUNDING, "services/funding", small(Port.FUNDING, "256m")),
                                spring(Port.GATEWAY, "gateway", small(Port.GATEWAY, "384m")))
                        .flatMap(List::stream)
                        .filter(it -> !named("KOINON_WITHOUT").contains(it.name()))
                        .toList());
    }

    /// The folders with the jars of all processes.
    List<Path> jarFolders() {
        return Stream.of(
                        "infra/local",
                        "infra/identity",
                        "services/cities",
                        "services/projects",
                        "services/funding",
                        "gateway")
                .map(it -> root.resolve(it).resolve("target"))
                .toList();
    }

    Set<Port> portsToListenOn() {
        return databaseIsNamed() ? EnumSet.complementOf(EnumSet.of(Port.DATABASE)) : EnumSet.allOf(Port.class);
    }

    /// How often a process that ended unexpectedly is restarted within a minute; 0 in tests that kill processes.
    int restartsPerMinute() {
        return Integer.parseInt(environment.getOrDefault("KOINON_RESTARTS", "3"));
    }

    String databaseUri() {
        return databaseIsNamed() ? namedDatabase() : "mongodb://" + ports.address(Port.DATABASE);
    }

    /// The address for display: without user, password and options, which can contain a password.
    String databaseAddress() {
        return withoutSecrets(databaseUri());
    }

    static String withoutSecrets(String uri) {
        return uri.replaceFirst("\\?.*", "").replaceFirst("://.*@", "://***@");
    }

    String url(Port port) {
        return "http://" + ports.address(port);
    }

    private boolean databaseIsNamed() {
        return !namedDatabase().isBlank();
    }

    private String namedDatabase() {
        return environment.getOrDefault("KOINON_MONGODB_URI", "");
    }

    private ManagedProcess broker() {
        return Broker.launch(home.data("broker"), ports.of(Port.BROKER), ports.of(Port.CONTROLLER), home.log("broker"));
    }

    private ManagedProcess database() {
        Database database = Database.choose(home.data("database"), ports.of(Port.DATABASE), home.log("database"));
        terminal.say("  · the database is " + database.origin());
        return database.process().orElseThrow();
    }

    /// The names in a comma-separated variable.
    private List<String> named(String variable) {
        return List.of(environment.getOrDefault(variable, "").split(",", -1));
    }

    private Java small(Port port, String heap) {
        Java java = Java.withHeap(environment.getOrDefault("KOINON_" + port.name() + "_HEAP", heap));
        return named("KOINON_OPTIMISED").contains(port.label()) ? java.optimised() : java;
    }

    private List<ProcessDefinition> spring(Port port, String module, Java java) {
        return IntStream.rangeClosed(1, ports.copies(port))
                .mapToObj(copy -> spring(port, copy, module, java))
                .toList();
    }

    private ProcessDefinition spring(Port port, int copy, String module, Java java) {
        String name = port.label(copy);
        return new ProcessDefinition(
                name,
                more -> ManagedProcess.start(
                        name, ports.of(port, copy), home.log(name), run(module, java), settings(port, copy, more)),
                port.readiness());
    }

    /// The environment of every process.
    Map<String, String> settings() {
        return settings(Port.GATEWAY, 1, Map.of());
    }

    private Map<String, String> settings(Port of, int copy, Map<String, String> more) {
        var settings = new HashMap<>(ports.environment(of, copy));
        settings.putAll(Map.of(
                "KOINON_HOME", home.folder().toAbsolutePath().toString(),
                "KOINON_MONGODB_URI", databaseUri(),
                "KOINON_KAFKA_BOOTSTRAP", ports.address(Port.BROKER),
                "KOINON_IDENTITY_ISSUER", url(Port.IDENTITY),
                "KOINON_CITIES_URL", ports.urls(Port.CITIES),
                "KOINON_PROJECTS_URL", ports.urls(Port.PROJECTS),
                "KOINON_FUNDING_URL", ports.urls(Port.FUNDING),
                "KOINON_GATEWAY", url(Port.GATEWAY),
                "SERVER_ADDRESS", "127.0.0.1"));
        settings.put("KOINON_GATEWAY_SECRET", home.secret("gateway"));
        settings.put("KOINON_WEB_SECRET", home.secret("web"));
        settings.put("KOINON_SESSION_KEY", home.secret("session"));
        String origins = ports.urls(Port.GATEWAY);
        settings.put("KOINON_WEB_ORIGINS", origins + "," + origins.replace("127.0.0.1", "localhost"));
        settings.put("KOINON_EXAMPLE_DATA", String.valueOf(home.hasExampleData()));
        settings.putAll(more);
        return settings;
    }

    /// The command that runs a module's application.
    List<String> run(String module, Java java) {
        Path jarOfJars = jarOfJars(root.resolve(module).resolve("target"));
        try (var file = new JarFile(jarOfJars.toFile())) {
            return run(module, java, file.getManifest().getMainAttributes().getValue("Start-Class"));
        } catch (IOException e) {
            throw new CannotStart("Cannot read " + jarOfJars + ": " + e.getMessage(), e);
        }
    }

    /// The command that runs a main class of a module.
    List<String> run(String module, Java java, String main, Object... arguments) {
        Path jarOfJars = jarOfJars(root.resolve(module).resolve("target"));
        Path jar = jarOfJars.resolveSibling(jarOfJars.getFileName().toString().replace("-app.jar", ".jar"));
        return java.run(jar, main, arguments);
    }

    /// The runnable jar of a module.
    private static Path jarOfJars(Path target) {
        try (var jars = Files.newDirectoryStream(target, "*-app.jar")) {
            for (Path jar : jars) return jar;
        } catch (IOException _) {
            // The folder is missing, so the jar is, too.
        }
        throw new CannotStart("There is no *-app.jar in " + target + ": build it with ./mvnw -DskipTests package.");
    }
}
