package koinon.gateway.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// One replica of a service, with its number of requests in flight and its availability.
final class Replica {

    private final URI address;
    private final CircuitBreaker breaker;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean answering = true;

    Replica(URI address, CircuitBreaker breaker) {
        this.address = address;
        this.breaker = breaker;
    }

    URI address() {
        return address;
    }

    int inFlight() {
        return inFlight.get();
    }

    /// Whether the replica answers its probes and its circuit breaker is not open.
    boolean isAvailable() {
        return answering && breaker.getState() != State.OPEN;
    }

    /// Set by the liveness probe, and to false when the replica refuses a connection.
    void setAnswering(boolean it) {
        answering = it;
    }

    /// Forwards a request and waits for the complete answer, so that a replica that ends or freezes within its
    /// answer counts as failed. Answers of services are at most one page, never a stream.
    ///
    /// @throws Exception when there is no answer, or when the circuit breaker is open
    ServerResponse forward(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        inFlight.incrementAndGet();
        try {
            return breaker.executeCallable(() -> {
                MvcUtils.setRequestUrl(request, address);
                ServerResponse answer = next.handle(request);
                bufferBody(request);
                return answer;
            });
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private static void bufferBody(ServerRequest request) {
        @Nullable InputStream body = MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR);
        if (body == null) return;
        try (body) {
            var whole = new ByteArrayInputStream(body.readAllBytes());
            MvcUtils.putAttribute(request, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR, whole);
        } catch (IOException e) {
            throw new ResourceAccessException("The answer of the service ended early: " + e.getMessage(), e);
        }
    }
}
