package koinon.gateway.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
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

    /// Passes a request on to it.
    ///
    /// @throws Exception when there is no answer, or it is left alone because there was none too often
    ServerResponse ask(ServerRequest request, HandlerFunction<ServerResponse> onward) throws Exception {
        underWay.incrementAndGet();
        try {
            return breaker.executeCallable(() -> {
                MvcUtils.setRequestUrl(request, address);
                return onward.handle(request);
            });
        } finally {
            underWay.decrementAndGet();
        }
    }
}
