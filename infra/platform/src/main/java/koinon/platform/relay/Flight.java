package koinon.platform.relay;

import java.util.List;
import java.util.TreeSet;
import koinon.platform.model.OutboxEntry;

/// What this copy knows of one aggregate's events on their way: how far they were handed to the producer and how far
/// the
/// broker has acknowledged them without a gap.
///
/// The first send that fails stops the aggregate here until everything in flight is answered; then it goes on from the
/// lowest
/// number that is not acknowledged. So no number first appears on the topic after a later one.
final class Flight {

    private final TreeSet<Long> pending = new TreeSet<>();
    private long queued;
    private int inFlight;
    private boolean failed;

    /// The entries to send now, in order; they count as in flight from here on.
    synchronized List<OutboxEntry> take(List<OutboxEntry> outbox) {
        if (failed) return List.of();
        List<OutboxEntry> next =
                outbox.stream().filter(it -> it.sequence() > queued).toList();
        for (OutboxEntry it : next) {
            pending.add(it.sequence());
            queued = it.sequence();
            inFlight++;
        }
        return next;
    }

    synchronized void acknowledged(long sequence) {
        inFlight--;
        pending.remove(sequence);
    }

    synchronized void failed() {
        inFlight--;
        failed = true;
    }

    /// Whether a send has failed: nothing later may be sent before it is made good.
    synchronized boolean isStopped() {
        return failed;
    }

    /// Whether a failure can be recovered from now: nothing is in flight any more. It is forgotten by this question.
    synchronized boolean recovers() {
        if (!failed || inFlight > 0) return false;
        queued = acknowledgedUpTo();
        pending.clear();
        failed = false;
        return true;
    }

    /// The number up to which everything is on the topic; zero when nothing is known.
    synchronized long acknowledgedUpTo() {
        return pending.isEmpty() ? queued : pending.first() - 1;
    }

    synchronized boolean isIdle() {
        return inFlight == 0 && !failed;
    }
}
