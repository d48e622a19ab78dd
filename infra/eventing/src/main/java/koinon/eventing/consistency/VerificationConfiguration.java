package koinon.eventing.consistency;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.actor.Right;
import koinon.eventing.topic.TopicLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/// Configures the verification. A process that publishes no events provides its own [Verifier] or has none.
@AutoConfiguration
class VerificationConfiguration {

    private static final Duration PAUSE = Duration.ofMillis(100);

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "koinon.relay.enabled", matchIfMissing = true)
    Verifier verifier(
            @Value("${spring.application.name}") String service,
            KafkaProperties kafka,
            MongoTemplate mongo,
            ObjectProvider<ConsistencyCheck> proofs,
            KafkaListenerEndpointRegistry listeners) {
        return () -> {
            try (TopicLog log = new TopicLog(kafka.buildConsumerProperties())) {
                return new Verification(
                                log,
                                new StoredAggregates(mongo),
                                proofs.stream().toList(),
                                PAUSE)
                        .of("koinon." + service, envelope(listeners));
            }
        };
    }

    @Bean
    @ConditionalOnBean(Verifier.class)
    VerificationController verificationController(
            Verifier verifier, @Value("${koinon.operator:operator@network}") Right operator) {
        return new VerificationController(verifier, operator);
    }

    @Bean
    @ConditionalOnProperty(name = "koinon.relay.enabled", matchIfMissing = true)
    PublishedController publishedController(
            MongoTemplate mongo, @Value("${koinon.auditor:auditor@network}") Right auditor) {
        return new PublishedController(new StoredAggregates(mongo), auditor);
    }

    private static Set<String> envelope(KafkaListenerEndpointRegistry listeners) {
        return listeners.getAllListenerContainers().stream()
                .map(it -> it.getContainerProperties().getTopics())
                .flatMap(it -> it == null ? Stream.of() : Stream.of(it))
                .collect(Collectors.toSet());
    }
}
