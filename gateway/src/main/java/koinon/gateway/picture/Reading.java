package koinon.gateway.picture;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import koinon.gateway.part.Parts;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.gateway.reading.Source;
import koinon.platform.model.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The picture that this copy answers from. Another one can take its place, when it contains everything that this one
/// does.
@Component
public final class Reading implements Picture.Listener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Picture picture;

    /// Whoever wants to know at once what changed in what is answered.
    @FunctionalInterface
    public interface Listener {

        /// These have changed by events, and everything up to these offsets has been told.
        void changed(Set<String> projects, Offsets upTo);

        /// This one will be answered from in a moment; what has to be worked out for it is worked out now.
        default void prepare(Picture next) {}
    }

    public Reading(Places places, MeterRegistry meters) {
        this.picture = Picture.empty(places);
        FunctionCounter.builder("koinon.gateway.gaps", this, it -> it.picture.gaps())
                .description("Events missing in the sequence of their aggregate")
                .register(meters);
        FunctionCounter.builder("koinon.gateway.unreadable", this, it -> it.picture.unread())
                .description("Events that could not be read or folded")
                .register(meters);
    }

    /// What is answered from now.
    public Picture picture() {
        return picture;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /// Lets everybody get ready to answer from this one. It goes on being fed meanwhile.
    public void prepare(Picture next) {
        for (Listener it : listeners) it.prepare(next);
    }

    /// Answers from this one from now on. Neither it nor the one before may be fed meanwhile.
    ///
    /// @param corrected the projects that it shows in another way after the same events
    /// @throws IllegalArgumentException when something would be missing that has been answered
    public void answerFrom(Picture next, Set<String> corrected) {
        if (!next.upTo().contain(picture.upTo()))
            throw new IllegalArgumentException("It is older than what is answered from.");
        Picture before = picture;
        next.listen(this);
        picture = next;
        var told = new HashSet<>(corrected);
        told.addAll(changed(before, next));
        tell(told, next.upTo());
    }

    private static Set<String> changed(Picture before, Picture next) {
        if (before.parts().isEmpty()) return Set.of();
        return next.parts().stream()
                .filter(it -> it.changedSince(before.upTo()))
                .map(Parts::id)
                .collect(Collectors.toSet());
    }

    @Override
    public void changed(Picture of, Set<String> projects, Offsets upTo) {
        if (of == picture) tell(projects, upTo);
    }

    private void tell(Set<String> projects, Offsets upTo) {
        // Who waits for one event goes on before all streams are told.
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        for (Listener it : listeners) it.changed(projects, upTo);
    }

    /// Whether every topic has been read to its end at least once.
    public boolean isCaughtUp() {
        return picture.isCaughtUp();
    }

    /// Whether it has been compared with what was published, and lacked nothing then.
    public boolean isConfirmed() {
        return picture.isConfirmed();
    }

    /// Per topic the time up to which it has been read to its end; a topic never read to its end is absent.
    public Map<String, Instant> asOf() {
        return picture.asOf();
    }

    /// [#asOf] as a header: `<topic>=<time>,<topic>=<time>`.
    public String asOfHeader() {
        return picture.asOfHeader();
    }

    /// Waits until this event, or a later one of its aggregate, has been taken in.
    ///
    /// @return whether it has been
    public boolean await(Position position, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!isReached(position)) {
                if (left <= 0) return false;
                left = progress.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isReached(Position position) {
        Picture now = picture;
        @Nullable Source source = now.source(position.subject());
        // The source is there a moment before the parts that follow from it; at the end of a batch both are.
        return source != null
                && source.sequence() >= position.sequence()
                && now.upTo().contain(source.place(), source.offset());
    }
}
