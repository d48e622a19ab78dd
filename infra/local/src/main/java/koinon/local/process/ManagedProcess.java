package koinon.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A process that this one started: it listens on one port and writes its output to one log file.
///
/// It ignores Ctrl-C of the terminal, so that the launcher can stop the processes in order.
public final class ManagedProcess implements AutoCloseable {

    private static final List<String> IGNORING_THE_TERMINAL =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");
    /// At the end of a training run the process writes its cache of classes.
    private static final Duration PATIENCE = Duration.ofSeconds(Boolean.getBoolean("koinon.training") ? 180 : 45);

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;

    private ManagedProcess(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /// Starts a process; throws [CannotStart] when its port is in use.
    ///
    /// @param environment added to the environment of this process
    public static ManagedProcess start(
            String name, int port, Path log, List<String> command, Map<String, String> environment) {
        if (!Ports.isFree(port))
            throw new CannotStart("Port " + port + ", which " + name
                    + " needs, is in use by another program: end it, or choose another port.");
        var line = new ArrayList<>(IGNORING_THE_TERMINAL);
        line.addAll(command);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new ManagedProcess(name, port, log, builder.start());
        } catch (IOException e) {
            throw new CannotStart("Cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The exit code of the operating system: 137 after `kill -9`.
    public int exitCode() {
        return process.exitValue();
    }

    /// Completed when the process has ended, for any reason.
    public CompletableFuture<ManagedProcess> ended() {
        return process.onExit().thenApply(_ -> this);
    }

    /// Waits until its port accepts connections; throws [CannotStart], with the end of the log, when the process
    /// ends or the time is over.
    public ManagedProcess awaitListening(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!Ports.answers(port)) {
            if (!isAlive()) throw new CannotStart(name + " ended while starting" + endOfLog(15));
            if (System.nanoTime() > deadline)
                throw new CannotStart(name + " did not listen within " + atMost.toSeconds() + " s" + endOfLog(15));
            pause(50);
        }
        return this;
    }

    /// The last lines of its log, indented, with the path of the log.
    public String endOfLog(int lines) {
        var end = new StringBuilder("; the end of ").append(log).append(':');
        lastLines(lines).forEach(line -> end.append("\n    ").append(line));
        return end.toString();
    }

    private List<String> lastLines(int lines) {
        try {
            var all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of("(unreadable: " + e.getMessage() + ")");
        }
    }

    /// Asks the process to end, waits, and kills it when it does not end in time.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) kill();
            process.getOutputStream().close();
        } catch (InterruptedException _) {
            kill();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `kill -9`; waits until the process has ended.
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting", e);
        }
    }
}
