package koinon.eventing.reader;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.worker.BackgroundWorker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads all partitions of all topics in the background, without a consumer group, and passes their events to a
/// consumer.
///
/// It skips records that cannot be read, and waits while the broker is unavailable.
public final class TopicsReader implements AutoCloseable {

    /// Number of answers that must confirm that a topic was truncated: a broker that has just started may report an
    /// end offset that is too low for a moment.
    private static final int TRUNCATION_CONFIRMATIONS = 10;

    private final TopicsConsumer events;
    private final PartitionIndex partitionIndex;
    private final Function<OffsetVector, TopicsCursor> cursors;
    private final EndOffsets ends;
    private final Lock feeding;
    private volatile OffsetVector next;
    private final Set<String> truncated = new HashSet<>();
    private final Map<String, Integer> shorterEnds = new HashMap<>();
    private EndOffsets.@Nullable Known reportedEnds;
    private final BackgroundWorker worker = new BackgroundWorker("topics-reader", this::readAll);

    /// @param feeding held while events are passed on
    /// @param cursors begins to read at these offsets
    TopicsReader(
            TopicsConsumer events,
            OffsetVector from,
            Lock feeding,
            Function<OffsetVector, TopicsCursor> cursors,
            EndOffsets ends,
            PartitionIndex partitionIndex) {
        this.events = events;
        this.feeding = feeding;
        this.cursors = cursors;
        this.ends = ends;
        this.partitionIndex = partitionIndex;
        this.next = from;
        worker.start();
    }

    /// While this lock is held, no events are passed on.
    public Lock feeding() {
        return feeding;
    }

    /// Reads with one consumer until that fails.
    private Duration readAll() throws InterruptedException {
        try (TopicsCursor cursor = cursors.apply(next)) {
            while (worker.isRunning()) read(cursor);
        }
        return Duration.ZERO;
    }

    private void read(TopicsCursor cursor) throws InterruptedException {
        ConsumerRecords<String, byte[]> records = cursor.poll();
        feeding.lock();
        try {
            for (ConsumerRecord<String, byte[]> record : records) {
                // After close, nothing is passed on: the consumer would attribute it to the next reader.
                if (!worker.isRunning()) return;
                cursor.read(record, events::accept, events::unreadable);
            }
            next = cursor.next();
            if (worker.isRunning() && !records.isEmpty()) events.upTo(next);
        } finally {
            feeding.unlock();
        }
        ends.ask(cursor.assignment(), next);
        reportEnds(cursor);
    }

    /// Reports the time as of which each topic has been read to its end.
    @SuppressWarnings("ReferenceEquality") // Compares identity: each answer is reported once.
    private void reportEnds(TopicsCursor cursor) {
        EndOffsets.@Nullable Known known = ends.known();
        if (known == null) return;
        boolean isNews = known != reportedEnds;
        reportedEnds = known;
        for (String topic : partitionIndex.topics()) {
            if (truncated.contains(topic)) continue;
            List<TopicPartition> partitions = cursor.partitionsOf(topic);
            if (partitions.stream().anyMatch(it -> isTruncated(it, known))) {
                if (!isNews || shorterEnds.merge(topic, 1, Integer::sum) < TRUNCATION_CONFIRMATIONS) continue;
                truncated.add(topic);
                events.truncated(topic);
                continue;
            }
            shorterEnds.remove(topic);
            if (partitions.stream().allMatch(it -> isRead(cursor, it, known))) events.readToEnd(topic, known.at());
        }
    }

    private static boolean isRead(TopicsCursor cursor, TopicPartition it, EndOffsets.Known known) {
        @Nullable Long end = known.offsets().get(it);
        return end != null && cursor.isRead(it, end);
    }

    /// Whether the partition ended before the offset up to which it had been read at that time.
    private boolean isTruncated(TopicPartition it, EndOffsets.Known known) {
        @Nullable Long end = known.offsets().get(it);
        return end != null && known.read().contain(partitionIndex.of(it.topic(), it.partition()), end);
    }

    /// No event is passed on after this call.
    @Override
    public void close() {
        worker.stop();
    }
}
