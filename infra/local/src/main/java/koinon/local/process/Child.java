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

/// A process that we started: it listens on one port and writes its output to one log file.
///
/// Ctrl-C at the terminal does not reach it, so that whoever started it can stop it when its turn comes.
public final class Child implements AutoCloseable {

    private static final List<String> IGNORING_THE_TERMINAL =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");
    /// It may still write down the classes that it has loaded.
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;

    private Child(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /// Starts it; refuses when something listens on its port already.
    ///
    /// @param environment what it gets beside our own environment
    public static Child start(String name, int port, Path log, List<String> command, Map<String, String> environment) {
        if (!Ports.isFree(port))
            throw new CannotStart("Port " + port + ", which " + name + " needs, is in use by another program.");
        var line = new ArrayList<>(IGNORING_THE_TERMINAL);
        line.addAll(command);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new Child(name, port, log, builder.start());
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

    /// As the operating system has it: 137 after `kill -9`.
    public int exitCode() {
        return process.exitValue();
    }

    /// Completed when the process has ended, however that came.
    public CompletableFuture<Child> ended() {
        return process.onExit().thenApply(_ -> this);
    }

    /// Waits until its port accepts connections; refuses, with the end of the log, when it died or takes too long.
    public Child awaitListening(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!Ports.answers(port)) {
            if (!isAlive()) throw new CannotStart(name + " ended while starting" + endOfLog(15));
            if (System.nanoTime() > deadline)
                throw new CannotStart(name + " did not listen within " + atMost.toSeconds() + " s" + endOfLog(15));
            pause(50);
        }
        return this;
    }

    /// The last lines of its log, indented, with where to read on.
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

    /// Asks it to end, waits, and kills it when it does not.
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

    /// `kill -9`, and waits until it is gone.
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
