package koinon.gateway.stream;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What one stream still has to be sent: each changed project once, however often it changed, so never more than there
/// are projects. Who takes it slowly is sent less often, and then each status as it is by then.
final class Subscriber {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private Set<String> pending = Set.of();
    private boolean shared = true;
    private final Mark begin;
    private Mark upTo;
    private boolean closed;

    /// Everything that there is to send now.
    ///
    /// @param upTo once it is sent, everything up to there has been
    /// @param closed nothing is sent any more, and nothing is to be marked as sent
    record Batch(Set<String> projects, Mark upTo, boolean closed) {}

    Subscriber(Mark upTo) {
        this.begin = upTo;
        this.upTo = upTo;
    }

    /// Where it began: nothing from there on is missed.
    Mark begin() {
        return begin;
    }

    /// These have changed, and everything up to there has been told.
    void changed(Set<String> projects, Mark now) {
        lock.lock();
        try {
            upTo = now;
            add(projects);
        } finally {
            lock.unlock();
        }
    }

    /// @param projects not to be changed by anyone any more
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
            // What one event changes is the same set for all streams that wait, however many projects it names.
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

    /// Waits until there is something to send, or so long.
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
