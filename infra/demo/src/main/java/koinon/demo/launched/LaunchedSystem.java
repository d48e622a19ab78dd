package koinon.demo.launched;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Koinon, started by its launcher with a data folder and ports of its own, until it is closed or we end.
public final class LaunchedSystem implements AutoCloseable {

    /// What the names of its databases begin with, as its environment says it.
    public static final String DATABASES = "KOINON_DATABASES";

    /// Below what systems lend to outgoing connections, as the launcher has them: none of ours takes such a port
    /// while its server is started again.
    private static final int LOWEST_PORT = 15_000;

    private static final int PORTS = 17_000;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(PORTS));

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final List<String> LISTENING =
            List.of("GATEWAY", "CITIES", "PROJECTS", "FUNDING", "IDENTITY", "BROKER", "CONTROLLER", "DATABASE");

    private static final List<String> SECOND_COPIES = List.of("GATEWAY_2", "CITIES_2", "PROJECTS_2", "FUNDING_2");

    private final Path root;
    private final Path home;
    private final Map<String, String> environment;
    private final Process launcher;

    private LaunchedSystem(Path root, Path home, Map<String, String> environment, Process launcher) {
        this.root = root;
        this.home = home;
        this.environment = environment;
        this.launcher = launcher;
    }

    /// Starts everything in a folder and waits until it is up.
    public static LaunchedSystem in(Path home) throws IOException, InterruptedException {
        return in(home, Map.of());
    }

    /// Starts Koinon in a folder and waits until it is up.
    ///
    /// @param settings what its processes find in their environment beside the usual
    /// @param arguments for the launcher, after `up`
    public static LaunchedSystem in(Path home, Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        Path root = root();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("KOINON_HOME", home.toAbsolutePath().toString());
        // What dies here was killed, and whoever killed it says when it comes back.
        environment.putIfAbsent("KOINON_RESTARTS", "0");
        for (String name : LISTENING) environment.putIfAbsent(port(name), String.valueOf(freePort()));
        for (String name : SECOND_COPIES) environment.putIfAbsent(port(name), String.valueOf(freePort()));
        Files.createDirectories(home);
        Files.deleteIfExists(home.resolve("launcher.log"));
        List<String> up = new ArrayList<>(List.of("up"));
        up.addAll(List.of(arguments));
        Process launcher = process(root, environment, home.resolve("launcher.log"), up);
        LaunchedSystem launched = new LaunchedSystem(root, home, environment, launcher);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!launched.said().contains("Koinon is up")) {
            if (!launcher.isAlive() || System.nanoTime() > deadline) {
                String said = launched.said();
                launched.close();
                throw new IOException("It did not start: " + said);
            }
            Thread.sleep(20);
        }
        return launched;
    }

    public URI gateway() {
        return URI.create("http://" + address("GATEWAY"));
    }

    public URI issuer() {
        return URI.create("http://" + address("IDENTITY"));
    }

    /// Where one of its processes listens.
    ///
    /// @param name as the launcher's variables have it: `BROKER`
    public String address(String name) {
        return "127.0.0.1:" + environment.get(port(name));
    }

    /// Where its documents are: the server that our environment names, or its own.
    public String databaseUri() {
        String named = System.getenv().getOrDefault("KOINON_MONGODB_URI", "");
        return named.isBlank() ? "mongodb://" + address("DATABASE") : named;
    }

    /// Its data folder.
    public Path home() {
        return home;
    }

    /// The name of a service's database.
    public String database(String service) {
        return environment.getOrDefault(DATABASES, "koinon") + "_" + service;
    }

    /// The id of each process, by name; the launcher is one of them.
    public Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>();
        for (JsonNode one : JsonMapper.builder().build().readTree(home.resolve("processes.json")))
            processes.put(one.path("name").asString(), one.path("pid").asLong());
        processes.put("launcher", launcher.pid());
        return processes;
    }

    /// `kill -9`, and waits until it is gone.
    public void kill(String name) {
        Long pid = processes().get(name);
        if (pid == null) throw new IllegalArgumentException("Nothing is called " + name + ": " + processes());
        // One that has ended by itself, as a broker does on a full disk, is as dead.
        ProcessHandle.of(pid).ifPresent(it -> {
            it.destroyForcibly();
            it.onExit().join();
        });
    }

    /// Asks the launcher to start a process again, and waits until it is ready.
    ///
    /// @param settings for its environment, `NAME=value`, until it is started again
    public void restart(String name, String... settings) throws IOException, InterruptedException {
        var restarted = run(
                Stream.concat(Stream.of("restart", name), Stream.of(settings)).toArray(String[]::new));
        if (restarted.getKey() != 0) throw new IOException(name + " was not started again: " + restarted.getValue());
    }

    /// Lets the launcher carry out a command on this system.
    ///
    /// @return its exit code and what it has printed
    public Map.Entry<Integer, String> run(String... command) throws IOException, InterruptedException {
        Path log = home.resolve(command[0] + ".log");
        Files.deleteIfExists(log);
        Process process = process(root, environment, log, List.of(command));
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            throw new IOException(command[0] + " did not come to its end: " + read(log));
        return Map.entry(process.exitValue(), read(log));
    }

    /// What the launcher has printed.
    public String said() {
        return read(home.resolve("launcher.log"));
    }

    @Override
    public void close() {
        launcher.destroy();
        if (launcher.onExit()
                .completeOnTimeout(launcher, 180, TimeUnit.SECONDS)
                .join()
                .isAlive()) launcher.destroyForcibly();
    }

    private static String port(String name) {
        return "KOINON_" + name + "_PORT";
    }

    private static Process process(Path root, Map<String, String> environment, Path log, List<String> arguments)
            throws IOException {
        Path local = root.resolve("infra/local/target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dkoinon.root=" + root,
                "-Dstdout.encoding=UTF-8",
                "-cp",
                jar(local)
                        + System.getProperty("path.separator")
                        + Files.readString(local.resolve("classpath")).strip(),
                "koinon.local.process.ParentWatchdog",
                "koinon.local.Launcher"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Path jar(Path target) throws IOException {
        try (var jars = Files.newDirectoryStream(target, "local-*.jar")) {
            for (Path jar : jars) return jar;
        }
        throw new IOException("There is no jar of the launcher in " + target + ": package it first.");
    }

    /// The folder of the project, above this module.
    public static Path root() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent())
            if (Files.isDirectory(at.resolve("infra/local"))) return at;
        throw new IOException("The project's folder is not above this one.");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A port that was free a moment ago, and another one than the last time.
    public static int freePort() throws IOException {
        for (int tried = 0; tried < PORTS; tried++) {
            try (var socket = new ServerSocket(LOWEST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS))) {
                return socket.getLocalPort();
            } catch (BindException _) {
                // Taken; the next one may not be.
            }
        }
        throw new IOException("There is no free port.");
    }
}
