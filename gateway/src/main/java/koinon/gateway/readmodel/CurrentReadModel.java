package koinon.gateway.readmodel;

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
import koinon.eventing.model.Position;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The read model that this instance answers from. Another read model can replace it when it contains at least the
/// same events.
@Component
public final class CurrentReadModel implements ReadModel.Listener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile ReadModel readModel;

    /// Is called when projects change in the current read model.
    @FunctionalInterface
    public interface Listener {

        /// Events have changed these projects; all changes up to these offsets have been reported.
        void changed(Set<String> projects, OffsetVector upTo);

        /// This read model will become the current one soon; expensive preparation belongs here.
        default void prepare(ReadModel next) {}
    }

    public CurrentReadModel(PartitionIndex partitionIndex, MeterRegistry meters) {
        this.readModel = ReadModel.empty(partitionIndex);
        FunctionCounter.builder("koinon.gateway.gaps", this, it -> it.readModel.gaps())
                .description("Events missing in the sequence of their aggregate")
                .register(meters);
        FunctionCounter.builder("koinon.gateway.unreadable", this, it -> it.readModel.unread())
                .description("Events that could not be read or folded")
                .register(meters);
    }

    /// The current read model.
    public ReadModel readModel() {
        return readModel;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /// Lets the listeners prepare for the next read model, which continues to receive events.
    public void prepare(ReadModel next) {
        for (Listener it : listeners) it.prepare(next);
    }

    /// Makes a read model the current one. Neither it nor its predecessor may receive events meanwhile.
    ///
    /// @param corrected the projects whose status differs after the same events
    /// @throws IllegalArgumentException when the next read model lacks events of the current one
    public void answerFrom(ReadModel next, Set<String> corrected) {
        if (!next.upTo().contain(readModel.upTo()))
            throw new IllegalArgumentException("The next read model lacks events that the current one contains.");
        ReadModel before = readModel;
        next.listen(this);
        readModel = next;
        var projects = new HashSet<>(corrected);
        projects.addAll(changed(before, next));
        announce(projects, next.upTo());
    }

    private static Set<String> changed(ReadModel before, ReadModel next) {
        if (before.facts().isEmpty()) return Set.of();
        return next.facts().stream()
                .filter(it -> it.changedSince(before.upTo()))
                .map(ProjectFacts::id)
                .collect(Collectors.toSet());
    }

    @Override
    public void changed(ReadModel of, Set<String> projects, OffsetVector upTo) {
        if (of == readModel) announce(projects, upTo);
    }

    private void announce(Set<String> projects, OffsetVector upTo) {
        // Requests that wait for one event continue before the streams are notified.
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
        return readModel.isCaughtUp();
    }

    /// Whether the read model was compared with what the services have published and lacked nothing.
    public boolean isConfirmed() {
        return readModel.isConfirmed();
    }

    /// The time up to which each topic has been read to its end; a topic that was never read to its end is absent.
    public Map<String, Instant> asOf() {
        return readModel.asOf();
    }

    /// [#asOf] as a header: `<topic>=<time>,<topic>=<time>`.
    public String asOfHeader() {
        return readModel.asOfHeader();
    }

    /// Waits until the read model contains this event or a later one of its aggregate.
    ///
    /// @return whether it contains the event
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
        ReadModel now = readModel;
        @Nullable ProjectedAggregate aggregate = now.aggregate(position.subject());
        // The aggregate changes before the facts that follow from it; at the end of a batch both are current.
        return aggregate != null
                && aggregate.sequence() >= position.sequence()
                && now.upTo().contain(aggregate.place(), aggregate.offset());
    }
}
