package koinon.gateway.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The one thread that reads: every partition of every topic, in no group, from the beginning at each start.
///
/// It never stops for what it reads, and while the broker is away it waits; what is in memory goes on being answered.
@Component
final class TopicsReader implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final long LOOK_AT_THE_END = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_FOR_TOPICS = TimeUnit.SECONDS.toNanos(1);

    private final Reading reading;
    private final Places places;
    private final KafkaProperties kafka;
    private final Clock clock;
    private final long[] next;
    private @Nullable Ends ends;
    private long lookedAtTheEnd;
    private long lookedForTopics;
    private volatile @Nullable Consumer<String, byte[]> reads;
    private @Nullable Thread thread;
    private volatile boolean running;

    /// Where the topics ended at a moment.
    private record Ends(Instant at, Map<TopicPartition, Long> offsets) {}

    TopicsReader(Reading reading, Places places, KafkaProperties kafka, Clock clock) {
        this.reading = reading;
        this.places = places;
        this.kafka = kafka;
        this.clock = clock;
        this.next = new long[places.count()];
    }

    private void work() {
        while (running) {
            try (var consumer = consumer()) {
                reads = consumer;
                lookedForTopics = System.nanoTime() - LOOK_FOR_TOPICS;
                lookedAtTheEnd = System.nanoTime() - LOOK_AT_THE_END;
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

    private Consumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 100);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void read(Consumer<String, byte[]> consumer) {
        lookForTopics(consumer);
        if (consumer.assignment().isEmpty()) {
            pause();
            return;
        }
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<String, byte[]> record : records) read(record);
        if (!records.isEmpty()) reading.upTo(Offsets.of(next));
        lookAtTheEnd(consumer);
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        int place = places.of(record.topic(), record.partition());
        if (record.offset() < next[place]) return;
        try {
            reading.heard(Message.of(record, place));
        } catch (RuntimeException e) {
            reading.unreadable(record.topic() + "/" + record.partition() + "/" + record.offset(), e);
        }
        next[place] = record.offset() + 1;
    }

    /// A topic that its publisher creates later is read as soon as it is there.
    private void lookForTopics(Consumer<String, byte[]> consumer) {
        if (consumer.assignment().size() == places.count()) return;
        if (System.nanoTime() - lookedForTopics < LOOK_FOR_TOPICS) return;
        lookedForTopics = System.nanoTime();
        var found = new ArrayList<TopicPartition>();
        try {
            for (String topic : places.topics())
                if (consumer.partitionsFor(topic, ANSWER).size() == Places.PARTITIONS)
                    found.addAll(partitionsOf(topic));
        } catch (TimeoutException _) {
            return;
        }
        if (found.size() == consumer.assignment().size()) return;
        var before = consumer.assignment();
        consumer.assign(found);
        for (TopicPartition it : found)
            if (!before.contains(it)) consumer.seek(it, next[places.of(it.topic(), it.partition())]);
    }

    private static List<TopicPartition> partitionsOf(String topic) {
        return IntStream.range(0, Places.PARTITIONS)
                .mapToObj(it -> new TopicPartition(topic, it))
                .toList();
    }

    /// Asks where the topics end, and once that has been read says as of when.
    private void lookAtTheEnd(Consumer<String, byte[]> consumer) {
        tellWhatIsReached();
        if (System.nanoTime() - lookedAtTheEnd < LOOK_AT_THE_END) return;
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            ends = new Ends(now, consumer.endOffsets(consumer.assignment(), ANSWER));
            tellWhatIsReached();
        } catch (TimeoutException _) {
            // The broker is away: what is known gets older, and says so.
        }
        lookedAtTheEnd = System.nanoTime();
    }

    private void tellWhatIsReached() {
        Ends known = ends;
        if (known == null) return;
        for (String topic : places.topics()) {
            List<TopicPartition> partitions = partitionsOf(topic);
            if (partitions.stream().allMatch(it -> isRead(it, known))) reading.readToItsEnd(topic, known.at());
        }
    }

    private boolean isRead(TopicPartition it, Ends known) {
        @Nullable Long end = known.offsets().get(it);
        return end != null && next[places.of(it.topic(), it.partition())] >= end;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("topics-reader").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        Consumer<String, byte[]> reading = reads;
        if (reading != null) reading.wakeup();
        try {
            if (thread != null) thread.join(ANSWER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
