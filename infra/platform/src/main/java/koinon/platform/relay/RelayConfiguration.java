package koinon.platform.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.Map;
import koinon.platform.model.Aggregate;
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

/// Connects outboxes to the topic of this service. A process that publishes nothing sets
/// `koinon.relay.enabled=false`.
@AutoConfiguration
@ConditionalOnProperty(name = "koinon.relay.enabled", matchIfMissing = true)
class RelayConfiguration {

    @Bean
    Topic topic(@Value("${spring.application.name}") String service, KafkaProperties kafka) {
        return new Topic(topicOf(service), kafka.buildAdminProperties());
    }

    @Bean
    Puller puller(MongoTemplate mongo) {
        return new Puller(mongo);
    }

    @Bean
    Relay relay(
            @Value("${spring.application.name}") String service,
            KafkaProperties kafka,
            Topic topic,
            Puller puller,
            MongoTemplate mongo) {
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.putAll(NEVER_GIVES_UP);
        Sender sender =
                new Sender(() -> new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
        return new Relay(
                topicOf(service), sender, topic, puller, it -> Sweep.reload(mongo, it), mongo::getCollectionName);
    }

    @Bean
    Sweep sweep(MongoTemplate mongo, Relay relay) {
        return new Sweep(mongo, relay, () -> aggregates(mongo));
    }

    /// How many events wait for the broker in this copy; an alarm belongs on it.
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
            0);

    private static String topicOf(String service) {
        return "koinon." + service;
    }

    private static Collection<Class<?>> aggregates(MongoTemplate mongo) {
        return mongo.getConverter().getMappingContext().getPersistentEntities().stream()
                .filter(it -> it.isAnnotationPresent(Document.class))
                .<Class<?>>map(MongoPersistentEntity::getType)
                .filter(Aggregate.class::isAssignableFrom)
                .toList();
    }
}
