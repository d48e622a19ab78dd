package koinon.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Koinon, started by its launcher with a data folder and ports of its own, until it is closed.
final class Launched implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final List<String> LISTENING =
            List.of("GATEWAY", "CITIES", "PROJECTS", "FUNDING", "IDENTITY", "BROKER", "CONTROLLER", "DATABASE");

    private final Path root;
    private final Path home;
    private final Map<String, String> environment;
    private final Process launcher;

    private Launched(Path root, Path home, Map<String, String> environment, Process launcher) {
        this.root = root;
        this.home = home;
        this.environment = environment;
        this.launcher = launcher;
    }

    /// Starts everything in an empty folder and waits until it is up.
    static Launched in(Path home) throws IOException, InterruptedException {
        Path root = root();
        Map<String, String> environment = new HashMap<>(Map.of("KOINON_HOME", home.toString()));
        for (String name : LISTENING) environment.put("KOINON_" + name + "_PORT", String.valueOf(freePort()));
        Files.createDirectories(home);
        Process launcher = process(root, environment, home.resolve("launcher.log"), "up");
        Launched launched = new Launched(root, home, environment, launcher);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!launched.said().contains("Koinon is up")) {
            if (!launcher.isAlive() || System.nanoTime() > deadline) {
                String said = launched.said();
                launched.close();
                throw new AssertionError("It did not start: " + said);
            }
            Thread.sleep(200);
        }
        return launched;
    }

    URI gateway() {
        return URI.create("http://127.0.0.1:" + environment.get("KOINON_GATEWAY_PORT"));
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + environment.get("KOINON_IDENTITY_PORT"));
    }

    /// `kill -9`, and waits until it is gone.
    void kill(String name) {
        JsonNode table = JsonMapper.builder().build().readTree(home.resolve("processes.json"));
        for (JsonNode one : table)
            if (one.path("name").asString().equals(name)) {
                ProcessHandle process =
                        ProcessHandle.of(one.path("pid").asLong()).orElseThrow();
                assertThat(process.destroyForcibly()).isTrue();
                process.onExit().join();
                return;
            }
        throw new AssertionError("Nothing is called " + name + ": " + table);
    }

    /// Asks the launcher to start a process again, and waits until it is ready.
    void restart(String name) throws IOException, InterruptedException {
        Process asking = process(root, environment, home.resolve("restart.log"), "restart", name);
        assertThat(asking.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(asking.exitValue())
                .as(() -> Launched.read(home.resolve("restart.log")))
                .isZero();
    }

    /// What the launcher has printed.
    String said() {
        return read(home.resolve("launcher.log"));
    }

    @Override
    public void close() {
        launcher.destroy();
        if (launcher.onExit()
                .completeOnTimeout(launcher, 60, TimeUnit.SECONDS)
                .join()
                .isAlive()) launcher.destroyForcibly();
    }

    private static Process process(Path root, Map<String, String> environment, Path log, String... arguments)
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
                "koinon.local.Launcher"));
        command.addAll(List.of(arguments));
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
        throw new AssertionError("There is no jar of the launcher in " + target + ": package it first.");
    }

    /// The folder of the project, above this module.
    private static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent())
            if (Files.isDirectory(at.resolve("infra/local"))) return at;
        throw new AssertionError("The project's folder is not above this one.");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
