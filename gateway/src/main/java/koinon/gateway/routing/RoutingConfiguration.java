package koinon.gateway.routing;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.cloud.gateway.server.mvc.config.RouteProperties;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctionDefinition;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.ResourceAccessException;

/// Beans that the routes need in addition to their settings.
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {

    @Bean(destroyMethod = "close")
    ExecutorService calls() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("call-", 0).factory());
    }

    /// Each call of a service has its own thread, so that the time limit can end it.
    @Bean
    Customizer<Resilience4JCircuitBreakerFactory> timeLimitedCallExecutor(ExecutorService calls) {
        return it -> it.configureExecutorService(calls);
    }

    /// The addresses of the services.
    ///
    /// @param services the addresses of all replicas, by the name of the service
    @ConfigurationProperties("koinon")
    record Settings(Map<String, List<URI>> services) {}

    @Bean
    LivenessProbe livenessProbe() {
        return new LivenessProbe();
    }

    /// Resolves `lb://<service>` to a replica. The circuit breaker of the replica is the innermost filter.
    @Bean
    Function<RouteProperties, HandlerFunctionDefinition> lbHandlerFunctionDefinition(
            Settings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            LivenessProbe livenessProbe) {
        Map<String, ReplicaSet> services = new HashMap<>();
        Map<String, FairShareBulkhead> shares = new HashMap<>();
        CircuitBreakerConfig config = CircuitBreakerConfig.from(breakers.getDefaultConfig())
                .ignoreException(RoutingConfiguration::isNotServiceFailure)
                .build();
        settings.services().forEach((service, addresses) -> {
            List<Replica> replicas = addresses.stream()
                    .map(it -> new Replica(it, breakers.circuitBreaker(service + " at " + it, config)))
                    .toList();
            livenessProbe.watch(replicas);
            services.put(service, new ReplicaSet(replicas));
        });
        return route -> {
            String service = Objects.requireNonNull(route.getUri()).getHost();
            ReplicaSet replicas =
                    Objects.requireNonNull(services.get(service), () -> "koinon.services has no service " + service);
            FairShareBulkhead share = shares.computeIfAbsent(
                    bulkheadOf(route),
                    it -> new FairShareBulkhead(
                            bulkheads.bulkhead(it).getBulkheadConfig().getMaxConcurrentCalls()));
            return new HandlerFunctionDefinition.Default(
                    "lb", HandlerFunctions.http(), List.of(), List.of(share, replicas));
        };
    }

    /// Only timeouts and connections that break or are refused count; every other exception concerns the request.
    private static boolean isNotServiceFailure(Throwable thrown) {
        return !(thrown instanceof ResourceAccessException);
    }

    private static String bulkheadOf(RouteProperties route) {
        return route.getFilters().stream()
                .map(it -> it.getArgs().get("id"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /// HTTP/1.1 only: the services do not offer HTTP/2.
    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> http11WithoutRedirects() {
        return it -> it.withHttpClientCustomizer(
                client -> client.version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER));
    }
}
