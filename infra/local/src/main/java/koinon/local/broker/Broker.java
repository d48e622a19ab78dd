package koinon.local.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import koinon.local.process.Folders;
import koinon.local.process.Java;
import koinon.local.process.ManagedProcess;
import koinon.local.process.Ports;

/// A Kafka broker (KRaft, loopback only) in its own process, without automatic creation of topics.
///
/// Acknowledged records survive `kill -9`: start another broker on the same folder.
public final class Broker implements AutoCloseable {

    /// After a kill the broker checks its log, so a long log delays its start.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ManagedProcess process;

    private final Runnable afterwards;

    private Broker(ManagedProcess process, Runnable afterwards) {
        this.process = process;
        this.afterwards = afterwards;
    }

    /// Starts a broker on a folder, new or used before, and waits until it listens.
    public static Broker start(Path folder, int port) {
        return start(folder, port, () -> {});
    }

    /// Starts a broker on a temporary folder and a free port, for tests; close deletes the folder.
    public static Broker temporary() {
        Path folder = Folders.temporary("koinon-broker");
        return start(folder, Ports.free(), () -> Folders.delete(folder));
    }

    private static Broker start(Path folder, int port, Runnable afterwards) {
        var broker = new Broker(launch(folder, port, Ports.free(), folder.resolve("broker.log")), afterwards);
        broker.process.awaitListening(PATIENCE);
        return broker;
    }

    /// Starts the process of a broker and does not wait for it.
    public static ManagedProcess launch(Path folder, int port, int controllerPort, Path log) {
        List<String> command = Java.withHeap("256m")
                .option("-Dorg.slf4j.simpleLogger.showDateTime=true")
                .option("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS")
                .run(BrokerProcess.class, folder, port, controllerPort);
        return ManagedProcess.start("broker", port, log, command, Map.of());
    }

    /// The address for `bootstrap.servers`.
    public String bootstrap() {
        return "127.0.0.1:" + process.port();
    }

    /// Whether its process is running.
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
