package koinon.http.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the active requests or connections of each client, and limits them per client and in total. It stores
/// only clients with at least one.
public final class ClientCounter {

    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private final int most;
    private final int mostOfAll;

    public ClientCounter(int most, int mostOfAll) {
        this.most = most;
        this.mostOfAll = mostOfAll;
    }

    /// False if the limit is reached; nothing is counted then. Each successful call needs one call of [#leave].
    public boolean enter(String client) {
        int ofClient = underWay.merge(client, 1, Integer::sum);
        if (all.incrementAndGet() <= mostOfAll && ofClient <= most) return true;
        leave(client);
        return false;
    }

    public void leave(String client) {
        all.decrementAndGet();
        underWay.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }

    /// How many clients are remembered.
    public int clients() {
        return underWay.size();
    }
}
