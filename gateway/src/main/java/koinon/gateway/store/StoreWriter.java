package koinon.gateway.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.worker.BackgroundWorker;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores a read model with a delay, once it has caught up: the buckets that have changed since the last round, and
/// then the offsets that they contain. While the database is unavailable it waits and collects changes.
final class StoreWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

    /// The share of the time that storing may take is one in this many, so that a large read model that changes all the
    /// time does not keep a processor busy.
    private static final int SHARE = 10;

    private static final Duration BEFORE_BEGIN = Duration.ofMillis(50);

    private final ReadModel readModel;
    private final Lock feeding;
    private final ReadModelStore store;
    private final Duration pause;
    private final BackgroundWorker worker = new BackgroundWorker("readmodel-store", this::store);
    private volatile @Nullable ReadModelVersion version;
    private volatile OffsetVector stored;
    /// The last bucket that was written after the stored offsets; it shows whether the database has lost writes.
    private @Nullable Written written;

    private record Written(Bucket bucket, long next) {}

    /// The changed buckets of a read model as of these offsets.
    private record Changes(OffsetVector upTo, Map<Bucket, List<ProjectedAggregate>> buckets) {}

    /// @param feeding while this lock is held, the read model receives no events
    /// @param version absent for the current version while the database is unavailable, so that it is unknown
    /// @param pause between two rounds
    StoreWriter(
            ReadModel readModel,
            Lock feeding,
            ReadModelStore store,
            @Nullable ReadModelVersion version,
            Duration pause) {
        this.readModel = readModel;
        this.feeding = feeding;
        this.store = store;
        this.version = version;
        this.stored = readModel.upTo();
        this.pause = pause;
        worker.start();
    }

    private Duration store() {
        ReadModelVersion into = version == null ? store.serving() : version;
        version = into;
        if (!readModel.isCaughtUp()) return BEFORE_BEGIN;
        long begin = System.nanoTime();
        storeOnce(into);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Duration least = took.multipliedBy(SHARE);
        return pause.compareTo(least) > 0 ? pause : least;
    }

    private void storeOnce(ReadModelVersion into) {
        OffsetVector known = store.offsets(into);
        if (!known.contain(stored) || isLost(into)) {
            LOG.warn("event=readmodel.database-lost-writes action=\"store all aggregates again\"");
            readModel.forgetStored();
            stored = known;
        }
        Changes changes = takeChanges();
        write(into, changes, known);
        if (!known.contain(changes.upTo())) store.advance(into, changes.upTo());
        written = null;
        stored = known.with(changes.upTo());
    }

    /// A bucket contains exactly the events up to its offset only if it is copied while no event is applied.
    private Changes takeChanges() {
        feeding.lock();
        try {
            return new Changes(readModel.upTo(), readModel.takeUnstored(Bucket::of));
        } finally {
            feeding.unlock();
        }
    }

    /// Buckets that were written before a failure stay written; the next round continues with the rest.
    private void write(ReadModelVersion into, Changes changes, OffsetVector known) {
        long[] next = changes.upTo().next();
        // Skips what another instance has stored.
        List<Bucket> left = new ArrayList<>(changes.buckets().keySet().stream()
                .filter(it -> !known.contain(it.place(), next[it.place()] - 1))
                .toList());
        try {
            while (!left.isEmpty()) {
                List<Bucket> some = left.subList(0, Math.min(left.size(), ReadModelStore.BULK));
                store.write(
                        into,
                        changes.upTo(),
                        some.stream().collect(Collectors.toMap(it -> it, changes.buckets()::get)));
                written = new Written(some.getLast(), next[some.getLast().place()]);
                some.clear();
            }
        } catch (RuntimeException e) {
            left.stream()
                    .map(changes.buckets()::get)
                    .flatMap(Collection::stream)
                    .forEach(readModel::putBack);
            throw e;
        }
    }

    private boolean isLost(ReadModelVersion into) {
        @Nullable Written last = written;
        return last != null && !store.contains(into, last.bucket(), last.next());
    }

    /// The version under which it is stored; absent while unknown.
    @Nullable
    ReadModelVersion version() {
        return version;
    }

    /// The collection of its timelines; absent while unknown.
    @Nullable
    String timelines() {
        ReadModelVersion known = version;
        return known == null ? null : known.timelines();
    }

    /// The stored aggregates contain everything up to these offsets.
    OffsetVector stored() {
        return stored;
    }

    /// Ends without storing the rest: the next start reads it from the topics.
    @Override
    public void close() {
        worker.stop();
    }
}
