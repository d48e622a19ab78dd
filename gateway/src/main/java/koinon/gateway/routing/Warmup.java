package koinon.gateway.routing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import koinon.gateway.readmodel.CurrentReadModel;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/// Sends some hundred requests to this gateway before it is ready, because cold code is ten to twenty times slower.
/// One of the paths is a route that leads back to the gateway, so that the circuit breaker of a service that still
/// starts is not involved.
@Component("warm")
final class Warmup implements HealthIndicator, ApplicationListener<WebServerInitializedEvent> {

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int ROUNDS = 80;
    private static final List<String> PATHS = List.of(
            "/api/v1/status/projects",
            "/api/v1/status/summary",
            "/api/v1/status/cooperation",
            "/api/v1/status/projects/nobody",
            "/v3/api-docs",
            "/api-docs/nobody");

    private final CurrentReadModel currentReadModel;
    private volatile boolean warm;

    Warmup(CurrentReadModel currentReadModel) {
        this.currentReadModel = currentReadModel;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() != null) return;
        int port = event.getWebServer().getPort();
        Thread.ofVirtual().name("warm-up").start(() -> warmUp("http://127.0.0.1:" + port));
    }

    private void warmUp(String here) {
        try (var http = HttpClient.newHttpClient()) {
            while (!currentReadModel.isCaughtUp()) TimeUnit.MILLISECONDS.sleep(50);
            long end = System.nanoTime() + LONGEST.toNanos();
            for (int round = 0; round < ROUNDS && System.nanoTime() < end; round++)
                for (String path : PATHS)
                    http.send(
                            HttpRequest.newBuilder(URI.create(here + path))
                                    .timeout(LONGEST)
                                    .build(),
                            BodyHandlers.discarding());
        } catch (IOException | RuntimeException _) {
            // Without the warm-up the first requests are slow, but correct.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        warm = true;
    }

    @Override
    public Health health() {
        return (warm ? Health.up() : Health.down()).build();
    }
}
