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

/// The replicas of one service. A request goes to the replica with the fewest requests in flight, so a slow or
/// frozen one receives only a few. A request that did not arrive, and every safe request, is sent to another
/// replica once.
final class ReplicaSet implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final List<Replica> replicas;

    ReplicaSet(List<Replica> replicas) {
        this.replicas = replicas;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        Replica first = choose(null);
        try {
            return first.forward(request, next);
        } catch (ResourceAccessException | CallNotPermittedException e) {
            boolean arrived = mayHaveArrived(e);
            if (!arrived && !(e instanceof CallNotPermittedException)) first.setAnswering(false);
            if (!mayRetry(request, arrived)) throw e;
            return choose(first).forward(request, next);
        }
    }

    /// Not after the time limit, which interrupts the thread, and not a command that may have arrived.
    private boolean mayRetry(ServerRequest request, boolean arrived) {
        if (Thread.currentThread().isInterrupted()) return false;
        return SAFE.contains(request.method()) || (!arrived && replicas.size() > 1);
    }

    private static boolean mayHaveArrived(RuntimeException failure) {
        return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .noneMatch(it -> it instanceof ConnectException
                        || it instanceof HttpConnectTimeoutException
                        || it instanceof CallNotPermittedException);
    }

    private Replica choose(@Nullable Replica excluded) {
        if (replicas.size() == 1) return replicas.getFirst();
        int start = ThreadLocalRandom.current().nextInt(replicas.size());
        return Stream.iterate(start, it -> it + 1)
                .limit(replicas.size())
                .map(it -> replicas.get(it % replicas.size()))
                .filter(it -> it != excluded)
                .min(Comparator.comparing((Replica it) -> !it.isAvailable()).thenComparingInt(Replica::inFlight))
                .orElseThrow();
    }
}
