package koinon.gateway.routing;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The copies of one service. A request goes to the one with the fewest under way, so that one which is slow or
/// frozen gets no more than a few; what has not arrived, and whatever only reads, is sent to another one once more.
final class Copies implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final List<Copy> copies;

    Copies(List<Copy> copies) {
        this.copies = copies;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> onward) throws Exception {
        Copy first = choose(null);
        try {
            return first.ask(request, onward);
        } catch (ResourceAccessException | CallNotPermittedException e) {
            boolean arrived = mayHaveArrived(e);
            if (!arrived && !(e instanceof CallNotPermittedException)) first.isAnswering(false);
            if (!mayBeSentAgain(request, arrived)) throw e;
            return choose(first).ask(request, onward);
        }
    }

    /// Not after the time limit, which interrupts; and nothing that may have changed something.
    private boolean mayBeSentAgain(ServerRequest request, boolean arrived) {
        if (Thread.currentThread().isInterrupted()) return false;
        return SAFE.contains(request.method()) || (!arrived && copies.size() > 1);
    }

    private static boolean mayHaveArrived(RuntimeException failure) {
        return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .noneMatch(it -> it instanceof ConnectException
                        || it instanceof HttpConnectTimeoutException
                        || it instanceof CallNotPermittedException);
    }

    private Copy choose(@Nullable Copy notThis) {
        if (copies.size() == 1) return copies.getFirst();
        int start = ThreadLocalRandom.current().nextInt(copies.size());
        return Stream.iterate(start, it -> it + 1)
                .limit(copies.size())
                .map(it -> copies.get(it % copies.size()))
                .filter(it -> it != notThis)
                .min(Comparator.comparing((Copy it) -> !it.isThere()).thenComparingInt(Copy::underWay))
                .orElseThrow();
    }
}
