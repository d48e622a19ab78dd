package koinon.gateway.reading;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import koinon.platform.verification.Log;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Opens readers of the topics.
@Component("kafkaTopics")
public final class Topics implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(1);

    private final Places places;
    private final KafkaProperties kafka;
    private final Clock clock;
    private @Nullable Admin asks;

    Topics(Places places, KafkaProperties kafka, Clock clock) {
        this.places = places;
        this.kafka = kafka;
        this.clock = clock;
    }

    /// Feeds a fold from these offsets on, until it is closed.
    public TopicsReader read(Fold fold, Offsets from) {
        return new TopicsReader(fold, from, this::consumer, new Ends(this::ends, clock), places);
    }

    /// Hands over one partition after the other, each to be read from its beginning.
    ///
    /// @throws KafkaException when the broker is away
    public void each(java.util.function.Consumer<Partition> reading) {
        try (Log log = new Log(kafka.buildConsumerProperties())) {
            for (String topic : places.topics())
                for (TopicPartition it : log.partitions(topic))
                    reading.accept(new Partition(log, it, places.of(topic, it.partition())));
        }
    }

    /// Whether the topics are as long as that, as far as the broker tells.
    public boolean reach(Offsets offsets) {
        long[] next = offsets.next();
        try (Consumer<String, byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> read = new HashMap<>();
            for (String topic : places.topics())
                for (PartitionInfo it : consumer.partitionsFor(topic, ANSWER)) {
                    int place = places.of(topic, it.partition());
                    if (place < next.length && next[place] > 0)
                        read.put(new TopicPartition(topic, it.partition()), next[place]);
                }
            Map<TopicPartition, Long> ends = consumer.endOffsets(read.keySet(), ANSWER);
            return read.entrySet().stream().allMatch(it -> ends.getOrDefault(it.getKey(), 0L) >= it.getValue());
        } catch (KafkaException _) {
            // The broker is away, and what is stored is all there is.
            return true;
        }
    }

    private CompletionStage<Map<TopicPartition, Long>> ends(Set<TopicPartition> partitions) {
        return asks().listOffsets(
                        partitions.stream().collect(Collectors.toMap(it -> it, _ -> OffsetSpec.latest())),
                        new ListOffsetsOptions().timeoutMs((int) ANSWER.toMillis()))
                .all()
                .toCompletionStage()
                .thenApply(ends -> ends.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> it.getValue().offset())));
    }

    /// One for all readers; opened late, for it fails while the broker has no address.
    private synchronized Admin asks() {
        Admin open = asks;
        if (open == null) open = Admin.create(kafka.buildAdminProperties());
        asks = open;
        return open;
    }

    @Override
    public synchronized void close() {
        if (asks != null) asks.close(Duration.ZERO);
    }

    /// A consumer in no group, which is assigned what it reads.
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
}
