package koinon.eventing.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import koinon.eventing.document.Aggregates;
import koinon.eventing.model.Aggregate;
import koinon.eventing.worker.BackgroundWorker;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;

/// Configures the relay. A process that publishes no events sets `koinon.relay.enabled=false`.
@AutoConfiguration
@ConditionalOnProperty(name = "koinon.relay.enabled", matchIfMissing = true)
class RelayConfiguration {

    /// Started before the components that write aggregates, and stopped after them.
    static final int RELAY_PHASE = 0;

    /// How long an acknowledged entry waits for the next save of its aggregate.
    private static final Duration IDLE = Duration.ofSeconds(5);

    @Bean
    PublishedTopic topic(@Value("${spring.application.name}") String service, KafkaProperties kafka) {
        return new PublishedTopic(topicOf(service), kafka.buildAdminProperties());
    }

    @Bean
    BackgroundWorker topicWatch(PublishedTopic topic) {
        return new BackgroundWorker("topic-watch", RELAY_PHASE, topic::watch);
    }

    @Bean
    OutboxCleaner cleaner(MongoTemplate mongo) {
        return new OutboxCleaner(mongo, IDLE);
    }

    @Bean
    BackgroundWorker outboxCleaning(OutboxCleaner cleaner) {
        return new BackgroundWorker("outbox-cleaning", RELAY_PHASE, cleaner::clean);
    }

    @Bean
    Relay relay(
            @Value("${spring.application.name}") String service,
            KafkaProperties kafka,
            PublishedTopic topic,
            OutboxCleaner cleaner,
            MongoTemplate mongo) {
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.putAll(NEVER_GIVES_UP);
        Sender sender =
                new Sender(() -> new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
        return new Relay(
                topicOf(service),
                sender,
                topic,
                cleaner,
                it -> OutboxRecovery.reload(mongo, it),
                mongo::getCollectionName);
    }

    @Bean
    BackgroundWorker outboxRecovery(MongoTemplate mongo, Relay relay, Clock clock) {
        var recovery =
                new OutboxRecovery(mongo, relay, () -> List.copyOf(aggregates(mongo)), clock, IDLE.multipliedBy(3));
        return new BackgroundWorker("outbox-recovery", recovery::sweep);
    }

    @Bean
    BackgroundWorker nextActionsRecovery(MongoTemplate mongo, Aggregates aggregates) {
        return new BackgroundWorker(
                "next-actions-recovery", new NextActionsRecovery(mongo, aggregates, () -> aggregates(mongo))::run);
    }

    /// The number of events that wait for the broker in this instance; it should have an alarm.
    @Bean
    MeterBinder relayDepth(Relay relay) {
        return meters -> Gauge.builder("koinon.relay.depth", relay, Relay::depth)
                .description("Events taken on by this copy that the broker has not acknowledged")
                .register(meters);
    }

    static final Map<String, Object> NEVER_GIVES_UP = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            10_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            5_000,
            // Half of the default: services are small, and what does not fit stays in its outbox.
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            16L * 1024 * 1024,
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            // A broker takes the first record of a producer whatever its number. If it refuses one, the next one must
            // not be on its way already.
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1);

    private static String topicOf(String service) {
        return "koinon." + service;
    }

    @SuppressWarnings("unchecked") // filtered
    private static List<Class<? extends Aggregate<?>>> aggregates(MongoTemplate mongo) {
        return mongo.getConverter().getMappingContext().getPersistentEntities().stream()
                .filter(it -> it.isAnnotationPresent(Document.class))
                .<Class<?>>map(MongoPersistentEntity::getType)
                .filter(Aggregate.class::isAssignableFrom)
                .<Class<? extends Aggregate<?>>>map(it -> (Class<? extends Aggregate<?>>) it)
                .toList();
    }
}
