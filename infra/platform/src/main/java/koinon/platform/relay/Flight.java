package koinon.platform.relay;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import koinon.platform.model.OutboxEntry;

/// What this copy knows of one aggregate's events on their way: how far they were handed to the producer and how far
/// the broker has acknowledged them without a gap.
///
/// The first send that fails stops the aggregate here until everything in flight is answered and a pause is over;
/// then it goes on from the lowest number that is not acknowledged. So no number first appears on the topic after a
/// later one.
final class Flight {

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

    /// The broker has it.
    ///
    /// @return whether this was the last answer that a stopped flight waited for
    synchronized boolean acknowledged(long sequence) {
        pending.remove(sequence);
        pause = 1;
        return answered();
    }

    /// It was not sent.
    ///
    /// @return whether this was the last answer that a stopped flight waited for
    synchronized boolean failed() {
        stopped = true;
        return answered();
    }

    private boolean answered() {
        inFlight--;
        return stopped && inFlight == 0;
    }

    /// Whether a send has failed: nothing later may be sent before it is made good.
    synchronized boolean isStopped() {
        return stopped;
    }

    /// How long a flight that stopped stays on the ground: the longer, the more often it failed without any success.
    synchronized Duration pause() {
        int seconds = pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        return Duration.ofSeconds(seconds);
    }

    /// Goes on from the lowest number that is not acknowledged.
    synchronized void resume() {
        queued = acknowledgedUpTo();
        pending.clear();
        stopped = false;
    }

    /// The number up to which everything is on the topic; zero when nothing is known.
    synchronized long acknowledgedUpTo() {
        return pending.isEmpty() ? queued : pending.first() - 1;
    }

    synchronized boolean isIdle() {
        return inFlight == 0 && !stopped;
    }
}
