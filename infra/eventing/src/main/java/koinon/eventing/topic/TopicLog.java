package koinon.eventing.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import koinon.eventing.command.RequestRejected;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads topics from their beginning, and on from where the last read ended, without a consumer group.
public final class TopicLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /// @param settings how the broker is reached
    public TopicLog(Map<String, Object> settings) {
        Map<String, Object> reading = new HashMap<>(settings);
        reading.remove(ConsumerConfig.GROUP_ID_CONFIG);
        reading.putAll(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                2_000,
                // What waits for more at the end of one partition keeps the next one waiting.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                10,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()));
        this.consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /// The partitions of a topic; none while nobody has created it.
    public List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
    }

    /// Reads the unread records of a partition, up to its present end or a little further.
    ///
    /// @throws RequestRejected.Busy when the broker stops answering
    public void readOn(TopicPartition partition, Consumer<ConsumerRecord<String, byte[]>> reader) {
        List<TopicPartition> one = List.of(partition);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        long from = positions.computeIfAbsent(partition, _ -> beginning(one));
        if (from >= end) return;
        consumer.assign(one);
        consumer.seek(partition, from);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end) {
            var records = consumer.poll(POLL).records(partition);
            records.forEach(reader);
            if (!records.isEmpty()) deadline = System.nanoTime() + PATIENCE.toNanos();
            else if (System.nanoTime() > deadline)
                throw new RequestRejected.Busy("broker-away", "The broker has stopped answering; try again later.");
        }
        positions.put(partition, consumer.position(partition));
    }

    private long beginning(List<TopicPartition> partition) {
        return consumer.beginningOffsets(partition).values().iterator().next();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
