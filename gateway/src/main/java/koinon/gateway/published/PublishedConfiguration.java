package koinon.gateway.published;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Connects the gateway with the services whose events it reads.
@Configuration(proxyBeanMethods = false)
class PublishedConfiguration {

    /// The addresses of the services.
    ///
    /// @param services the addresses of all replicas, by the name of the service
    @ConfigurationProperties("koinon")
    record Addresses(Map<String, List<URI>> services) {}

    @Bean
    @ConditionalOnMissingBean
    Publishers publishers(Addresses addresses, PublisherSettings settings, Clock clock) {
        return new HttpPublishers(addresses.services(), settings, clock);
    }
}
