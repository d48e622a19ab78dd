package koinon.gateway.stream;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The pending changes of one stream: each changed project once, so never more than there are projects. A slow
/// client gets fewer events, each with the current status.
final class Subscriber {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private Set<String> pending = Set.of();
    private boolean shared = true;
    private final StreamPosition begin;
    private StreamPosition upTo;
    private boolean closed;

    /// All pending changes.
    ///
    /// @param upTo the position that is reached once they are sent
    /// @param closed nothing more is sent, and no position is to be confirmed
    record Batch(Set<String> projects, StreamPosition upTo, boolean closed) {}

    Subscriber(StreamPosition upTo) {
        this.begin = upTo;
        this.upTo = upTo;
    }

    /// The position at which the stream was opened.
    StreamPosition begin() {
        return begin;
    }

    /// Adds changed projects; all changes up to the position have been added.
    void changed(Set<String> projects, StreamPosition now) {
        lock.lock();
        try {
            upTo = now;
            add(projects);
        } finally {
            lock.unlock();
        }
    }

    /// @param projects must not change afterwards
    void changed(Set<String> projects) {
        lock.lock();
        try {
            add(projects);
        } finally {
            lock.unlock();
        }
    }

    private void add(Set<String> projects) {
        if (closed || projects.isEmpty()) return;
        if (pending.isEmpty()) {
            // All idle streams share one set per event, because an event can change many projects.
            pending = projects;
            shared = true;
        } else {
            if (shared) pending = new LinkedHashSet<>(pending);
            shared = false;
            pending.addAll(projects);
        }
        something.signal();
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            pending = Set.of();
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for changes, at most this long.
    Batch take(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (pending.isEmpty() && !closed && left > 0) left = something.awaitNanos(left);
            Set<String> taken = pending;
            pending = Set.of();
            return new Batch(taken, upTo, closed);
        } finally {
            lock.unlock();
        }
    }
}
