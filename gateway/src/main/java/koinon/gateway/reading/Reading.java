package koinon.gateway.reading;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import koinon.platform.model.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What has been read so far: gives every event to the folds once, counts what is missing or unreadable, and knows
/// how
/// old the picture is. One thread feeds it; any thread may ask.
@Component
public final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final int UNREADABLE_SHOWN = 100;

    private final List<Fold> folds;
    private final List<String> topics;
    private final Counter gaps;
    private final Counter unread;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Map<String, String> unreadable = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private volatile Map<String, Instant> asOf = Map.of();
    private volatile boolean caughtUp;

    public Reading(List<Fold> folds, Places places, MeterRegistry meters) {
        this.folds = List.copyOf(folds);
        this.topics = places.topics();
        this.gaps = Counter.builder("koinon.gateway.gaps")
                .description("Events missing in the sequence of their aggregate")
                .register(meters);
        this.unread = Counter.builder("koinon.gateway.unreadable")
                .description("Events that could not be read or folded")
                .register(meters);
    }

    /// Takes in one event; a duplicate has no effect.
    public void heard(Message message) {
        String subject = message.position().subject();
        long sequence = message.position().sequence();
        long before = seen.getOrDefault(subject, 0L);
        if (sequence <= before) return;
        if (sequence > before + 1) {
            gaps.increment((double) (sequence - before - 1));
            LOG.warn("Before {} {} event(s) are missing.", message.position(), sequence - before - 1);
        }
        for (Fold fold : folds) {
            try {
                fold.on(message);
            } catch (RuntimeException e) {
                unreadable(message.position().toString(), e);
            }
        }
        seen.put(subject, sequence);
    }

    /// An event that cannot be read: counted, said once, shown in the health; the rest goes on.
    void unreadable(String what, RuntimeException why) {
        unread.increment();
        if (unreadable.size() >= UNREADABLE_SHOWN && !unreadable.containsKey(what)) return;
        String reason = why.getClass().getSimpleName() + ": " + why.getMessage();
        if (unreadable.putIfAbsent(what, reason) == null) LOG.error("Cannot read {}: {}", what, reason);
    }

    /// A batch has been taken in: tells the folds and whoever waits.
    public void upTo(Offsets offsets) {
        for (Fold fold : folds) {
            try {
                fold.upTo(offsets);
            } catch (RuntimeException e) {
                LOG.error("{} failed at the end of a batch.", fold, e);
            }
        }
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Every event that was in the topic at this time has been taken in.
    public void readToItsEnd(String topic, Instant at) {
        var next = new LinkedHashMap<String, Instant>();
        for (String it : topics) {
            @Nullable Instant known = it.equals(topic) ? at : asOf.get(it);
            if (known != null) next.put(it, known);
        }
        asOf = next;
        if (!caughtUp && next.size() == topics.size()) {
            LOG.info("All topics have been read to their end: {} aggregates.", seen.size());
            caughtUp = true;
        }
    }

    /// Whether every topic has been read to its end at least once.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /// Per topic the time up to which it has been read to its end; a topic never read to its end is absent.
    public Map<String, Instant> asOf() {
        return asOf;
    }

    /// [#asOf] as a header: `<topic>=<time>,<topic>=<time>`.
    public String asOfHeader() {
        return asOf.entrySet().stream()
                .map(it -> it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining(","));
    }

    /// Waits until this event, or a later one of its aggregate, has been taken in.
    ///
    /// @return whether it has been
    public boolean await(Position position, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (seen.getOrDefault(position.subject(), 0L) < position.sequence()) {
                if (left <= 0) return false;
                left = progress.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// What could not be read, with why.
    Map<String, String> unreadable() {
        return Map.copyOf(unreadable);
    }

    double gaps() {
        return gaps.count();
    }

    List<String> missing() {
        var missing = new ArrayList<>(topics);
        missing.removeAll(asOf.keySet());
        return missing;
    }
}
