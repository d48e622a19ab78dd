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

    /// Where the services are.
    ///
    /// @param services the addresses of all copies of each, by the name of the service
    @ConfigurationProperties("koinon")
    record Settings(Map<String, List<URI>> services) {}

    @Bean
    Watch watch() {
        return new Watch();
    }

    /// What a route means by `lb://<service>`: one of its copies. Its breaker is asked last of all, just before the
    /// copy.
    @Bean
    Function<RouteProperties, HandlerFunctionDefinition> lbHandlerFunctionDefinition(
            Settings settings, CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, Watch watch) {
        Map<String, Copies> services = new HashMap<>();
        Map<String, FairShare> shares = new HashMap<>();
        CircuitBreakerConfig config = CircuitBreakerConfig.from(breakers.getDefaultConfig())
                .ignoreException(RoutingConfiguration::saysNothingOfTheService)
                .build();
        settings.services().forEach((service, addresses) -> {
            List<Copy> copies = addresses.stream()
                    .map(it -> new Copy(it, breakers.circuitBreaker(service + " at " + it, config)))
                    .toList();
            watch.over(copies);
            services.put(service, new Copies(copies));
        });
        return route -> {
            String service = Objects.requireNonNull(route.getUri()).getHost();
            Copies copies = Objects.requireNonNull(services.get(service), () -> "There is no service " + service);
            FairShare share = shares.computeIfAbsent(
                    bulkheadOf(route),
                    it -> new FairShare(
                            bulkheads.bulkhead(it).getBulkheadConfig().getMaxConcurrentCalls()));
            return new HandlerFunctionDefinition.Default(
                    "lb", HandlerFunctions.http(), List.of(), List.of(share, copies));
        };
    }

    /// Only time-outs and broken or refused connections do; whatever else is thrown is about the request.
    private static boolean saysNothingOfTheService(Throwable thrown) {
        return !(thrown instanceof ResourceAccessException);
    }

    private static String bulkheadOf(RouteProperties route) {
        return route.getFilters().stream()
                .map(it -> it.getArgs().get("id"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /// Without the offer of HTTP/2 that nobody takes.
    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> plain() {
        return it -> it.withHttpClientCustomizer(
                client -> client.version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER));
    }
}
