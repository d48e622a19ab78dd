package koinon.eventing.inbox;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import koinon.eventing.actor.Right;
import koinon.eventing.trace.Trace;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.ExponentialBackOff;

/// Configures listeners. A process that reads topics without listeners sets `koinon.inbox.enabled=false`.
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@ConditionalOnProperty(name = "koinon.inbox.enabled", matchIfMissing = true)
class InboxConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private static final Map<String, Object> FROM_THE_BEGINNING_AND_QUICK = Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            // A topic that its publisher creates later is found soon.
            ConsumerConfig.METADATA_MAX_AGE_CONFIG,
            5_000,
            // A copy that was killed is missed for seconds, not for most of a minute.
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            6_000,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            2_000);

    @Bean
    DeadLetters deadLetters(MongoOperations mongo, Clock clock) {
        return new DeadLetters(mongo, clock);
    }

    @Bean
    Inbox inbox(DeadLetters letters) {
        return new Inbox(letters);
    }

    @Bean
    DeadLetterController deadLetterController(
            DeadLetters letters,
            KafkaListenerEndpointRegistry listeners,
            @Value("${koinon.operator:operator@network}") Right operator) {
        return new DeadLetterController(letters, listeners, operator);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> kafkaListenerContainerFactory(
            KafkaProperties kafka, DeadLetters letters, @Value("${koinon.inbox.concurrency:1}") int concurrency) {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.putAll(FROM_THE_BEGINNING_AND_QUICK);
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(
                new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
        factory.setConcurrency(concurrency);
        factory.setCommonErrorHandler(forEver());
        factory.getContainerProperties().setConsumerRebalanceListener(new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                letters.invalidateCache();
            }
        });
        return factory;
    }

    /// Retries transient failures without end, in order; the partition waits.
    private static DefaultErrorHandler forEver() {
        ExponentialBackOff backOff = new ExponentialBackOff(100, 2);
        backOff.setMaxInterval(2_000);
        backOff.setMaxElapsedTime(Long.MAX_VALUE);
        DefaultErrorHandler handler = new DefaultErrorHandler(null, backOff);
        handler.defaultFalse(true);
        handler.setClassifications(Map.of(), true);
        handler.setLogLevel(KafkaException.Level.DEBUG);
        handler.setRetryListeners(new RetryListener() {
            @Override
            public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
                try (var _ = Trace.logged(record)) {
                    LOG.warn(
                            "event=consumer.retry topic={} partition={} offset={} attempt={} cause=\"{}\"",
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            attempt,
                            rootOf(failure));
                }
            }

            @Override
            public void failedDelivery(ConsumerRecords<?, ?> records, @Nullable Exception failure, int attempt) {
                for (ConsumerRecord<?, ?> first : records) {
                    failedDelivery(first, failure, attempt);
                    return;
                }
            }
        });
        return handler;
    }

    private static String rootOf(@Nullable Throwable failure) {
        @Nullable Throwable root = failure;
        while (root != null && root.getCause() != null) root = root.getCause();
        return String.valueOf(root);
    }
}
