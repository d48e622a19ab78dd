package koinon.bench.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import koinon.bench.load.Latencies;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// An independent consumer of a topic. It notes when each event came first, and proves their order: the first
/// appearances of each subject are 1, 2, 3, ... without a gap; what comes again does not count.
final class Arrivals implements AutoCloseable {

    private final Map<String, Long> at = new ConcurrentHashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final AtomicLong events = new AtomicLong();
    private volatile boolean running = true;
    private volatile @Nullable String disorder;

    Arrivals(String bootstrap, String topic) {
        Thread.ofPlatform().daemon().name("arrivals of " + topic).start(() -> listen(bootstrap, topic));
    }

    private void listen(String bootstrap, String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (running) for (ConsumerRecord<String, byte[]> it : consumer.poll(Duration.ofMillis(100))) note(it);
        }
    }

    /// Of a topic that was made a moment ago, which not every answer of the broker knows yet.
    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        List<TopicPartition> found = List.of();
        while (found.isEmpty())
            found = consumer.partitionsFor(topic).stream()
                    .map(it -> new TopicPartition(topic, it.partition()))
                    .toList();
        return found;
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        String subject = header(record, "ce_subject");
        long sequence = Long.parseLong(header(record, "ce_sequence"));
        long before = last.getOrDefault(subject, 0L);
        if (sequence <= before) return;
        if (sequence > before + 1) disorder = subject + "/" + sequence + " came after " + before;
        last.put(subject, sequence);
        at.put(subject + "/" + sequence, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        events.incrementAndGet();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(requireNonNull(record.headers().lastHeader(name)).value(), UTF_8);
    }

    /// How many different events have come.
    long events() {
        return events.get();
    }

    /// Waits until so many have come.
    ///
    /// @throws IOException when they came in disorder, or do not come in time
    void await(long number, Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (events.get() < number) {
            if (System.nanoTime() > deadline)
                throw new IOException("After " + atMost.toSeconds() + " s only " + events + " of " + number + " came.");
            TimeUnit.MILLISECONDS.sleep(1);
        }
        if (disorder != null) throw new IOException("Not in order: " + disorder);
    }

    /// How long each took from when it was saved or sent; all of them must have come.
    ///
    /// @param since by the id of the event, in microseconds since the epoch
    Latencies since(Map<String, Long> since) {
        Histogram took = new Histogram(3);
        since.forEach((id, from) -> took.recordValue(Math.max(0, requireNonNull(at.get(id), id) - from) * 1_000));
        return Latencies.of(took);
    }

    @Override
    public void close() {
        running = false;
    }
}
