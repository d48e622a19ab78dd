package koinon.local.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import koinon.local.process.Child;
import koinon.local.process.Folders;
import koinon.local.process.Java;
import koinon.local.process.Ports;

/// A real Kafka broker (KRaft, loopback only) in a process of its own. Topics are not created by themselves.
///
/// What it has acknowledged survives `kill -9`: start another one on the same folder.
public final class Broker implements AutoCloseable {

    /// A long log is checked after a kill, so the broker may be slow to come back.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Child process;

    private final Runnable afterwards;

    private Broker(Child process, Runnable afterwards) {
        this.process = process;
        this.afterwards = afterwards;
    }

    /// Starts a broker on a folder, new or used before, and waits until it listens.
    public static Broker start(Path folder, int port) {
        return start(folder, port, () -> {});
    }

    /// Starts a broker on a folder and a port of its own, for tests; closing it deletes what it kept.
    public static Broker temporary() {
        Path folder = Folders.temporary("koinon-broker");
        return start(folder, Ports.free(), () -> Folders.delete(folder));
    }

    private static Broker start(Path folder, int port, Runnable afterwards) {
        var broker = new Broker(launch(folder, port, Ports.free(), folder.resolve("broker.log")), afterwards);
        broker.process.awaitListening(PATIENCE);
        return broker;
    }

    /// Starts the process of a broker without waiting for it.
    public static Child launch(Path folder, int port, int controllerPort, Path log) {
        List<String> command = Java.withHeap("256m")
                .option("-Dorg.slf4j.simpleLogger.showDateTime=true")
                .option("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS")
                .run(BrokerProcess.class, folder, port, controllerPort);
        return Child.start("broker", port, log, command, Map.of());
    }

    /// The address for `bootstrap.servers`.
    public String bootstrap() {
        return "127.0.0.1:" + process.port();
    }

    /// Whether its process runs.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// `kill -9`.
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
        afterwards.run();
    }
}
