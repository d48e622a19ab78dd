package koinon.testing.infrastructure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import koinon.testing.time.Patience;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What lies on a topic of the broker that the tests share.
public final class TopicRecords {

    private final String name;

    private TopicRecords(String name) {
        this.name = name;
    }

    /// One message, its headers as text.
    public record Message(String key, Map<String, String> headers, String value) {}

    public static TopicRecords of(String name) {
        return new TopicRecords(name);
    }

    /// The messages of one key in their order, once there are as many as this; fewer when they do not come in time.
    ///
    /// @param key the id of the aggregate that published them
    public List<Message> messages(String key, int atLeast) {
        long deadline = System.nanoTime() + Patience.LONGEST.toNanos();
        List<Message> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestInfrastructure.bootstrap(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, deadline);
            if (partitions.isEmpty()) return found;
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (found.size() < atLeast && System.nanoTime() < deadline)
                consumer.poll(Duration.ofMillis(200)).forEach(it -> {
                    if (key.equals(it.key())) found.add(message(it));
                });
        }
        return found;
    }

    /// Its partitions, once whoever publishes to it has created it.
    private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, long deadline) {
        List<PartitionInfo> known = consumer.partitionsFor(name);
        while (known.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
            known = consumer.partitionsFor(name);
        }
        return known.stream()
                .map(it -> new TopicPartition(name, it.partition()))
                .toList();
    }

    private static Message message(ConsumerRecord<String, String> taken) {
        Map<String, String> headers = new TreeMap<>();
        taken.headers().forEach(it -> headers.put(it.key(), new String(it.value(), StandardCharsets.UTF_8)));
        return new Message(taken.key(), headers, taken.value());
    }
}
