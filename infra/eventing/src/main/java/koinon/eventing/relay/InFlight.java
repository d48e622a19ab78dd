package koinon.eventing.relay;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import koinon.eventing.model.OutboxEntry;

/// The state of one aggregate's events in this instance: the sequence up to which they were handed to the producer,
/// and the sequence up to which the broker has acknowledged them without a gap.
///
/// A failed send stops the aggregate in this instance until all sends in flight are answered and a pause is over.
/// Sending then continues from the lowest sequence that is not acknowledged, so that no sequence first appears on
/// the topic after a later one.
final class InFlight {

    private static final int LONGEST_PAUSE = 8;

    private final TreeSet<Long> pending = new TreeSet<>();
    private long queued;
    private int inFlight;
    private int pause = 1;
    private boolean stopped;

    /// The entries to send now, in order; they count as in flight from here on.
    synchronized List<OutboxEntry> take(List<OutboxEntry> outbox, int atMost) {
        if (stopped) return List.of();
        List<OutboxEntry> next = outbox.stream()
                .filter(it -> it.sequence() > queued)
                .limit(atMost)
                .toList();
        for (OutboxEntry it : next) {
            pending.add(it.sequence());
            queued = it.sequence();
            inFlight++;
        }
        return next;
    }

    /// The broker has acknowledged this sequence.
    ///
    /// @return whether this was the last answer that a stopped aggregate waited for
    synchronized boolean acknowledged(long sequence) {
        pending.remove(sequence);
        pause = 1;
        return answered();
    }

    /// A send has failed.
    ///
    /// @return whether this was the last answer that a stopped aggregate waited for
    synchronized boolean failed() {
        stopped = true;
        return answered();
    }

    private boolean answered() {
        inFlight--;
        return stopped && inFlight == 0;
    }

    /// Whether a send has failed. Nothing later may be sent before it has succeeded.
    synchronized boolean isStopped() {
        return stopped;
    }

    /// How long a stopped aggregate pauses. The pause grows with the number of failures in a row.
    synchronized Duration pause() {
        int seconds = pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        return Duration.ofSeconds(seconds);
    }

    /// Continues from the lowest sequence that is not acknowledged.
    synchronized void resume() {
        queued = acknowledgedUpTo();
        pending.clear();
        stopped = false;
    }

    /// The sequence up to which everything is on the topic; 0 when that is not known.
    synchronized long acknowledgedUpTo() {
        return pending.isEmpty() ? queued : pending.first() - 1;
    }

    synchronized boolean isIdle() {
        return inFlight == 0 && !stopped;
    }
}
