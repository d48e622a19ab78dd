package koinon.gateway.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that reads every partition of every topic, in no group, and feeds a fold.
///
/// It never stops for what it reads, and while the broker is away it waits; what is in memory goes on being answered.
public final class TopicsReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final long LOOK_FOR_TOPICS = TimeUnit.SECONDS.toNanos(1);

    /// A broker that has just come back may say for a moment that less is there than it has given out before.
    private static final int SHORT_ANSWERS = 10;

    private final Fold fold;
    private final Places places;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Ends ends;
    private final ReentrantLock feeding = new ReentrantLock();
    private final Map<String, Integer> partitions = new HashMap<>();
    private volatile long[] next;
    private final Set<String> cutShort = new HashSet<>();
    private final Map<String, Integer> shortAnswers = new HashMap<>();
    private Ends.@Nullable Known told;
    private long lookedForTopics;
    private volatile @Nullable Consumer<String, byte[]> reads;
    private final Thread thread;
    private volatile boolean running = true;

    TopicsReader(Fold fold, Offsets from, Supplier<Consumer<String, byte[]>> consumers, Ends ends, Places places) {
        this.fold = fold;
        this.consumers = consumers;
        this.ends = ends;
        this.places = places;
        this.next = Arrays.copyOf(from.next(), Math.max(from.next().length, places.count()));
        this.thread = Thread.ofPlatform().daemon().name("topics-reader").start(this::work);
    }

    /// While the lock is held, the fold is not fed.
    public ReentrantLock feeding() {
        return feeding;
    }

    private void work() {
        while (running) {
            try (var consumer = consumers.get()) {
                reads = consumer;
                lookedForTopics = System.nanoTime() - LOOK_FOR_TOPICS;
                while (running) read(consumer);
            } catch (WakeupException _) {
                return;
            } catch (KafkaException e) {
                LOG.warn("Reads again from where it was: {}", e.toString());
                pause();
            } catch (RuntimeException e) {
                LOG.error("Reads again from where it was.", e);
                pause();
            }
        }
    }

    private void read(Consumer<String, byte[]> consumer) {
        lookForTopics(consumer);
        if (consumer.assignment().isEmpty()) {
            pause();
            return;
        }
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        feeding.lock();
        try {
            for (ConsumerRecord<String, byte[]> record : records) {
                // Closed, it says no more: what it tells late would be taken for what the next reader has read.
                if (!running) return;
                read(record);
            }
            if (running && !records.isEmpty()) fold.upTo(Offsets.of(next));
        } finally {
            feeding.unlock();
        }
        ends.ask(consumer.assignment(), Offsets.of(next));
        tellWhatIsReached();
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        int place = places.of(record.topic(), record.partition());
        if (record.offset() < next[place]) return;
        try {
            fold.heard(Message.of(record, place));
        } catch (RuntimeException e) {
            fold.unreadable(record.topic() + "/" + record.partition() + "/" + record.offset(), e);
        }
        next[place] = record.offset() + 1;
    }

    /// A topic that its publisher creates later is read as soon as it is there, and so are partitions that are added.
    private void lookForTopics(Consumer<String, byte[]> consumer) {
        if (System.nanoTime() - lookedForTopics < LOOK_FOR_TOPICS) return;
        lookedForTopics = System.nanoTime();
        var found = new ArrayList<TopicPartition>();
        try {
            for (String topic : places.topics()) {
                int number = consumer.partitionsFor(topic, ANSWER).size();
                if (number < Places.PARTITIONS) continue;
                partitions.put(topic, number);
                int last = places.of(topic, number - 1);
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
            if (!before.contains(it)) consumer.seek(it, next[places.of(it.topic(), it.partition())]);
    }

    private List<TopicPartition> partitionsOf(String topic) {
        return IntStream.range(0, partitions.getOrDefault(topic, Places.PARTITIONS))
                .mapToObj(it -> new TopicPartition(topic, it))
                .toList();
    }

    /// Says as of when each topic has been read to its end.
    @SuppressWarnings("ReferenceEquality") // It is about this answer and not about one like it.
    private void tellWhatIsReached() {
        Ends.@Nullable Known known = ends.known();
        if (known == null) return;
        boolean isNews = known != told;
        told = known;
        for (String topic : places.topics()) {
            if (cutShort.contains(topic)) continue;
            List<TopicPartition> partitions = partitionsOf(topic);
            if (partitions.stream().anyMatch(it -> isCutShort(it, known))) {
                if (!isNews || shortAnswers.merge(topic, 1, Integer::sum) < SHORT_ANSWERS) continue;
                cutShort.add(topic);
                fold.cutShort(topic);
                continue;
            }
            shortAnswers.remove(topic);
            if (partitions.stream().allMatch(it -> isRead(it, known))) fold.readToItsEnd(topic, known.at());
        }
    }

    private boolean isRead(TopicPartition it, Ends.Known known) {
        @Nullable Long end = known.offsets().get(it);
        return end != null && next[places.of(it.topic(), it.partition())] >= end;
    }

    /// Whether it ended before what had been read of it by then.
    private boolean isCutShort(TopicPartition it, Ends.Known known) {
        @Nullable Long end = known.offsets().get(it);
        return end != null && known.read().contain(places.of(it.topic(), it.partition()), end);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// No event is given to the fold after this.
    @Override
    public void close() {
        running = false;
        Consumer<String, byte[]> reading = reads;
        if (reading != null) reading.wakeup();
        try {
            thread.join(ANSWER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
