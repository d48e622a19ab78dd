package koinon.platform.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what is under way for each client, and bounds it for one and for all. It remembers only clients for whom
/// something is under way.
public final class PerClient {

    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private final int most;
    private final int mostOfAll;

    public PerClient(int most, int mostOfAll) {
        this.most = most;
        this.mostOfAll = mostOfAll;
    }

    /// False, and nothing is counted, when there would be too many. What has entered must leave once.
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
