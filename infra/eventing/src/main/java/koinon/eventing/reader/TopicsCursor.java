package koinon.eventing.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.topic.PositionedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// A position in all partitions of some topics, without a consumer group. It finds topics that are created later and
/// partitions that are added. One thread uses it at a time.
public final class TopicsCursor implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final long DISCOVERY_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final PartitionIndex partitionIndex;
    private final Map<String, Integer> partitions = new HashMap<>();
    private long[] next;
    private long lastDiscovery = System.nanoTime() - DISCOVERY_INTERVAL;

    TopicsCursor(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
            PartitionIndex partitionIndex,
            OffsetVector from) {
        this.consumer = consumer;
        this.partitionIndex = partitionIndex;
        this.next = Arrays.copyOf(from.next(), Math.max(from.next().length, partitionIndex.count()));
    }

    /// The records that come within a moment; possibly none.
    ///
    /// @throws org.apache.kafka.common.KafkaException when the broker refuses the request
    ConsumerRecords<String, byte[]> poll() throws InterruptedException {
        discoverTopics();
        if (!consumer.assignment().isEmpty()) return consumer.poll(POLL);
        Thread.sleep(POLL);
        return ConsumerRecords.empty();
    }

    /// Passes on a record, unless it was passed on before.
    void read(
            ConsumerRecord<String, byte[]> record,
            Consumer<PositionedEvent> each,
            BiConsumer<String, RuntimeException> unreadable) {
        int place = partitionIndex.of(record.topic(), record.partition());
        if (record.offset() < next[place]) return;
        try {
            each.accept(PositionedEvent.of(record, place));
        } catch (RuntimeException e) {
            unreadable.accept(record.topic() + "/" + record.partition() + "/" + record.offset(), e);
        }
        next[place] = record.offset() + 1;
    }

    /// Passes on the events that come within a moment; possibly none. Records that cannot be read are skipped.
    ///
    /// @throws org.apache.kafka.common.KafkaException when the broker refuses the request
    public void readOn(Consumer<PositionedEvent> each) throws InterruptedException {
        for (ConsumerRecord<String, byte[]> record : poll()) read(record, each, (_, _) -> {});
    }

    /// All events before these offsets were passed on.
    public OffsetVector next() {
        return OffsetVector.of(next);
    }

    boolean isRead(TopicPartition it, long end) {
        return next[partitionIndex.of(it.topic(), it.partition())] >= end;
    }

    Set<TopicPartition> assignment() {
        return consumer.assignment();
    }

    List<TopicPartition> partitionsOf(String topic) {
        return IntStream.range(0, partitions.getOrDefault(topic, PartitionIndex.PARTITIONS))
                .mapToObj(it -> new TopicPartition(topic, it))
                .toList();
    }

    /// Assigns topics as soon as their publisher creates them, and partitions that are added.
    private void discoverTopics() {
        if (System.nanoTime() - lastDiscovery < DISCOVERY_INTERVAL) return;
        lastDiscovery = System.nanoTime();
        var found = new ArrayList<TopicPartition>();
        try {
            for (String topic : partitionIndex.topics()) {
                int number = consumer.partitionsFor(topic, TIMEOUT).size();
                if (number < PartitionIndex.PARTITIONS) continue;
                partitions.put(topic, number);
                int last = partitionIndex.of(topic, number - 1);
                if (last >= next.length) next = Arrays.copyOf(next, last + 1);
                found.addAll(partitionsOf(topic));
            }
        } catch (TimeoutException _) {
            return;
        }
        if (found.size() == consumer.assignment().size()) return;
        var before = consumer.assignment();
        consumer.assign(found);
        for (TopicPartition it : found)
            if (!before.contains(it)) consumer.seek(it, next[partitionIndex.of(it.topic(), it.partition())]);
    }

    /// A consumer that is closed by an interrupted thread logs that as an error.
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        consumer.close();
        if (interrupted) Thread.currentThread().interrupt();
    }
}
