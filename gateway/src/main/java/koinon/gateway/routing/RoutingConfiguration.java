package koinon.gateway.routing;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the routes need beside their settings.
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {

    @Bean(destroyMethod = "close")
    ExecutorService calls() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("call-", 0).factory());
    }

    /// A call of a service waits in a thread of its own, so that the time limit can end it.
    @Bean
    Customizer<Resilience4JCircuitBreakerFactory> callsInTheirOwnThreads(ExecutorService calls) {
        return it -> it.configureExecutorService(calls);
    }

    /// Without the offer of HTTP/2 that nobody takes.
    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> plain() {
        return it -> it.withHttpClientCustomizer(
                client -> client.version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER));
    }
}
