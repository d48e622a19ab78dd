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
import koinon.local.broker.Broker;
import koinon.local.database.Database;
import koinon.local.process.CannotStart;
import koinon.local.process.Child;
import koinon.local.process.Java;
import koinon.local.system.Home;
import koinon.local.system.Member;
import koinon.local.system.Port;
import koinon.local.system.Terminal;

/// What Koinon consists of on one machine, and what each process is told.
///
/// @param root the folder of the project, with the built jars of the modules
/// @param environment ours, which may name a database
record Composition(Path root, Map<String, String> environment, Home home, Port.Table ports, Terminal terminal) {

    /// First what the others stand on; the services wait for each other by themselves.
    List<List<Member>> waves() {
        var foundation = new ArrayList<Member>();
        foundation.add(new Member("broker", this::broker, Port.BROKER.readiness()));
        if (!databaseIsNamed()) foundation.add(new Member("database", this::database, Port.DATABASE.readiness()));
        return List.of(
                foundation,
                List.of(
                        spring(Port.IDENTITY, "infra/identity", "128m"),
                        spring(Port.CITIES, "services/cities", "192m"),
                        spring(Port.PROJECTS, "services/projects", "256m"),
                        spring(Port.FUNDING, "services/funding", "256m"),
                        spring(Port.GATEWAY, "gateway", "384m")));
    }

    Set<Port> portsToListenOn() {
        return databaseIsNamed() ? EnumSet.complementOf(EnumSet.of(Port.DATABASE)) : EnumSet.allOf(Port.class);
    }

    String databaseUri() {
        return databaseIsNamed() ? namedDatabase() : "mongodb://" + ports.address(Port.DATABASE);
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

    private Child broker() {
        return Broker.launch(home.data("broker"), ports.of(Port.BROKER), ports.of(Port.CONTROLLER), home.log("broker"));
    }

    private Child database() {
        Database database = Database.choose(home.data("database"), ports.of(Port.DATABASE), home.log("database"));
        terminal.say("  · the database is " + database.origin());
        return database.process().orElseThrow();
    }

    private Member spring(Port port, String module, String heap) {
        return new Member(
                port.label(),
                () -> Child.start(
                        port.label(),
                        ports.of(port),
                        home.log(port.label()),
                        run(module, Java.withHeap(heap)),
                        settings()),
                port.readiness());
    }

    /// What every process reads from its environment.
    Map<String, String> settings() {
        var settings = new HashMap<>(ports.environment());
        settings.putAll(Map.of(
                "KOINON_HOME", home.folder().toAbsolutePath().toString(),
                "KOINON_MONGODB_URI", databaseUri(),
                "KOINON_KAFKA_BOOTSTRAP", ports.address(Port.BROKER),
                "KOINON_IDENTITY_ISSUER", url(Port.IDENTITY),
                "KOINON_GATEWAY", url(Port.GATEWAY),
                "SERVER_ADDRESS", "127.0.0.1"));
        return settings;
    }

    /// The command that runs a module's application.
    List<String> run(String module, Java java) {
        Path jarOfJars = jarOfJars(root.resolve(module).resolve("target"));
        Path jar = jarOfJars.resolveSibling(jarOfJars.getFileName().toString().replace("-app.jar", ".jar"));
        try (var file = new JarFile(jarOfJars.toFile())) {
            return java.run(jar, file.getManifest().getMainAttributes().getValue("Start-Class"));
        } catch (IOException e) {
            throw new CannotStart("Cannot read " + jarOfJars + ": " + e.getMessage(), e);
        }
    }

    /// What the build made of a module to be run as it is; it knows the module's main class.
    private static Path jarOfJars(Path target) {
        try (var jars = Files.newDirectoryStream(target, "*-app.jar")) {
            for (Path jar : jars) return jar;
        } catch (IOException _) {
            // No folder, no jar.
        }
        throw new CannotStart("There is no *-app.jar in " + target + ": build it with ./mvnw -DskipTests package.");
    }
}
