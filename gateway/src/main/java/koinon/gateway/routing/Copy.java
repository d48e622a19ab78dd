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

/// One copy of a service: how many requests are under way to it, and whether it is to be left alone.
final class Copy {

    private final URI address;
    private final CircuitBreaker breaker;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean answering = true;

    Copy(URI address, CircuitBreaker breaker) {
        this.address = address;
        this.breaker = breaker;
    }

    URI address() {
        return address;
    }

    int underWay() {
        return underWay.get();
    }

    /// Whether there is no reason to leave it alone.
    boolean isThere() {
        return answering && breaker.getState() != State.OPEN;
    }

    /// What was found when it was asked how it is, or when it refused a connection.
    void isAnswering(boolean it) {
        answering = it;
    }

    /// Passes a request on to it and waits for the whole answer: a copy that dies or stands still in the middle has
    /// not answered. What services answer is a page at most, and no stream.
    ///
    /// @throws Exception when there is no answer, or it is left alone because there was none too often
    ServerResponse ask(ServerRequest request, HandlerFunction<ServerResponse> onward) throws Exception {
        underWay.incrementAndGet();
        try {
            return breaker.executeCallable(() -> {
                MvcUtils.setRequestUrl(request, address);
                ServerResponse answer = onward.handle(request);
                takeIn(request);
                return answer;
            });
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static void takeIn(ServerRequest request) {
        @Nullable InputStream body = MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR);
        if (body == null) return;
        try (body) {
            var whole = new ByteArrayInputStream(body.readAllBytes());
            MvcUtils.putAttribute(request, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR, whole);
        } catch (IOException e) {
            throw new ResourceAccessException("The answer broke off: " + e.getMessage(), e);
        }
    }
}
