package koinon.platform.verification;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/// Connects the verification of what a service stores. What publishes nothing proves what it stores in its own way.
@AutoConfiguration
@ConditionalOnProperty(name = "koinon.relay.enabled", matchIfMissing = true)
class VerificationConfiguration {

    private static final Duration PAUSE = Duration.ofMillis(100);

    @Bean
    VerificationController verificationController(
            @Value("${spring.application.name}") String service,
            @Value("${koinon.operator:operator@network}") String operator,
            KafkaProperties kafka,
            MongoTemplate mongo,
            ObjectProvider<Proof> proofs,
            KafkaListenerEndpointRegistry listeners) {
        return new VerificationController(
                () -> {
                    try (Log log = new Log(kafka.buildConsumerProperties())) {
                        return new Verification(
                                        log, new Stored(mongo), proofs.stream().toList(), PAUSE)
                                .of("koinon." + service, heard(listeners));
                    }
                },
                operator);
    }

    private static Set<String> heard(KafkaListenerEndpointRegistry listeners) {
        return listeners.getAllListenerContainers().stream()
                .map(it -> it.getContainerProperties().getTopics())
                .flatMap(it -> it == null ? Stream.of() : Stream.of(it))
                .collect(Collectors.toSet());
    }
}
