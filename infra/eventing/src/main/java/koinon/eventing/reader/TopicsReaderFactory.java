package koinon.eventing.reader;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.topic.TopicLog;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
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

/// Creates readers of the topics.
public final class TopicsReaderFactory implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int IDENTITY_CHARACTERS = 8;

    private final PartitionIndex partitionIndex;
    private final KafkaProperties kafka;
    private final Clock clock;
    private @Nullable Admin admin;
    private volatile String identity = "";

    TopicsReaderFactory(PartitionIndex partitionIndex, KafkaProperties kafka, Clock clock) {
        this.partitionIndex = partitionIndex;
        this.kafka = kafka;
        this.clock = clock;
    }

    /// Passes events from these offsets on to a consumer, until the reader is closed.
    ///
    /// @param feeding held while events are passed on
    public TopicsReader read(TopicsConsumer events, OffsetVector from, Lock feeding) {
        return new TopicsReader(events, from, feeding, this::cursor, new EndOffsets(this::ends, clock), partitionIndex);
    }

    /// Begins to read at these offsets, in the thread of the caller.
    public TopicsCursor cursor(OffsetVector from) {
        return new TopicsCursor(consumer(), partitionIndex, from);
    }

    /// Passes each partition to an action, to be read from its beginning.
    ///
    /// @throws KafkaException when the broker is unavailable
    public void each(java.util.function.Consumer<PartitionReader> action) {
        try (TopicLog log = new TopicLog(kafka.buildConsumerProperties())) {
            for (String topic : partitionIndex.topics())
                for (TopicPartition it : log.partitions(topic))
                    action.accept(new PartitionReader(log, it, partitionIndex.of(topic, it.partition())));
        }
    }

    /// Whether the topics reach these offsets, as far as the broker answers.
    public boolean reach(OffsetVector offsets) {
        long[] next = offsets.next();
        try (Consumer<String, byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> read = new HashMap<>();
            for (String topic : partitionIndex.topics())
                for (PartitionInfo it : consumer.partitionsFor(topic, TIMEOUT)) {
                    int place = partitionIndex.of(topic, it.partition());
                    if (place < next.length && next[place] > 0)
                        read.put(new TopicPartition(topic, it.partition()), next[place]);
                }
            Map<TopicPartition, Long> ends = consumer.endOffsets(read.keySet(), TIMEOUT);
            return read.entrySet().stream().allMatch(it -> ends.getOrDefault(it.getKey(), 0L) >= it.getValue());
        } catch (KafkaException _) {
            // The broker is unavailable, so what is stored is the best that there is.
            return true;
        }
    }

    /// Names the topics that are read: others have another name, also those that were made anew. Empty until it is
    /// known, which it is once the topics were read to their end.
    public String identity() {
        return identity;
    }

    /// The end offsets, and with the first ones the identity of the topics. Both are requested here: what runs after an
    /// answer must not wait for this object, which waits for it when it is closed.
    private CompletionStage<Map<TopicPartition, Long>> ends(Set<TopicPartition> partitions) {
        CompletionStage<Map<TopicPartition, Long>> ends = endOffsets(partitions);
        return identity.isEmpty() ? ends.thenCombine(identify(), (offsets, _) -> offsets) : ends;
    }

    /// From the ids that the broker has given the topics. Without an answer, the next request asks again.
    private CompletionStage<String> identify() {
        return admin().describeTopics(
                        partitionIndex.topics(), new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                .allTopicNames()
                .toCompletionStage()
                .handle((topics, failure) -> {
                    if (failure == null)
                        identity = digest(topics.values().stream()
                                .map(it -> it.name() + " " + it.topicId())
                                .sorted()
                                .collect(Collectors.joining("\n")));
                    return identity;
                });
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(digest).substring(0, IDENTITY_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletionStage<Map<TopicPartition, Long>> endOffsets(Set<TopicPartition> partitions) {
        return admin().listOffsets(
                        partitions.stream().collect(Collectors.toMap(it -> it, _ -> OffsetSpec.latest())),
                        new ListOffsetsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                .all()
                .toCompletionStage()
                .thenApply(ends -> ends.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> it.getValue().offset())));
    }

    /// Shared by all readers; created late, because creating it fails while the address of the broker cannot be
    /// resolved.
    private synchronized Admin admin() {
        Admin open = admin;
        if (open == null) open = Admin.create(kafka.buildAdminProperties());
        admin = open;
        return open;
    }

    @Override
    public synchronized void close() {
        if (admin != null) admin.close(Duration.ZERO);
    }

    /// A consumer without a group; its partitions are assigned explicitly.
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
