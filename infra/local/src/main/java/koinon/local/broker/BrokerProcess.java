package koinon.local.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/// The main class of the broker's process: `<folder> <port> <controller port>`; an empty folder is formatted first.
public final class BrokerProcess {

    private static final String CLUSTER = "S29pbm9uT25lTWFjaGluZQ";

    private static final String SETTINGS = """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:{controller}
            controller.listener.names=CONTROLLER
            listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
            advertised.listeners=PLAINTEXT://127.0.0.1:{port}
            log.dirs={folder}/topics
            auto.create.topics.enable=false
            # One broker: nothing is copied, and the topics that Kafka keeps for itself are small.
            default.replication.factor=1
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=4
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            share.coordinator.state.topic.num.partitions=1
            # After a kill the controller waits until the session of the one before has run out.
            broker.session.timeout.ms=3000
            broker.heartbeat.interval.ms=500
            # A consumer begins at once, and its offsets outlive any pause of this machine.
            group.initial.rebalance.delay.ms=0
            offsets.retention.minutes=2147483647
            # Two cores and a small heap.
            num.network.threads=2
            num.io.threads=4
            background.threads=2
            num.recovery.threads.per.data.dir=2
            log.cleaner.dedupe.buffer.size=4194304
            log.index.size.max.bytes=1048576
            """;

    private BrokerProcess() {}

    public static void main(String... arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Path settings = folder.resolve("server.properties");
        Files.writeString(
                settings,
                SETTINGS.replace("{folder}", folder.toString())
                        .replace("{port}", arguments[1])
                        .replace("{controller}", arguments[2]));
        String[] format = {"format", "--ignore-formatted", "-t", CLUSTER, "-c", settings.toString()};
        if (StorageTool.execute(format, System.out) != 0) System.exit(1);
        Kafka.main(new String[] {settings.toString()});
    }
}
