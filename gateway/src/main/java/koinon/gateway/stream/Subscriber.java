package koinon.gateway.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import koinon.gateway.reading.Offsets;

/// What one stream still has to be sent: each changed project once, however often it changed. Who takes it too slowly
/// is dropped, and resumes where the last event that arrived stood.
final class Subscriber {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final int most;
    private Set<String> pending = new LinkedHashSet<>();
    private Offsets upTo;
    private boolean closed;

    /// Everything that there is to send now.
    ///
    /// @param upTo once it is sent, everything up to there has been
    /// @param closed nothing more will come
    record Batch(List<String> projects, Offsets upTo, boolean closed) {}

    /// @param most how many projects may wait
    Subscriber(Offsets upTo, int most) {
        this.upTo = upTo;
        this.most = most;
    }

    void changed(Collection<String> projects, Offsets now) {
        lock.lock();
        try {
            upTo = now;
            add(projects);
        } finally {
            lock.unlock();
        }
    }

    void changed(Collection<String> projects) {
        lock.lock();
        try {
            add(projects);
        } finally {
            lock.unlock();
        }
    }

    private void add(Collection<String> projects) {
        if (closed || projects.isEmpty()) return;
        pending.addAll(projects);
        if (pending.size() > most) end();
        something.signal();
    }

    void close() {
        lock.lock();
        try {
            end();
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        closed = true;
        pending = Set.of();
    }

    /// Waits until there is something to send, or so long.
    Batch take(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (pending.isEmpty() && !closed && left > 0) left = something.awaitNanos(left);
            var batch = new Batch(List.copyOf(pending), upTo, closed);
            if (!closed) pending = new LinkedHashSet<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }
}
