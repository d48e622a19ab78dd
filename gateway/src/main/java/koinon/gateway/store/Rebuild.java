package koinon.gateway.store;

import com.mongodb.MongoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.published.PublishedCheck;
import koinon.gateway.published.Publishers;
import koinon.gateway.readmodel.ReadModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Builds a new read model from the topics beside the current one, in its own collections, and switches to it once
/// it has caught up. Requests and streams continue meanwhile.
@Component
class Rebuild {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ReadModelLifecycle lifecycle;
    private final ReadModelStore store;
    private final PartitionIndex partitionIndex;
    private final PublishedCheck published;
    private final Clock clock;
    private volatile Progress progress = Progress.NONE;
    private volatile @Nullable RunningReadModel building;

    Rebuild(
            ReadModelLifecycle lifecycle,
            ReadModelStore store,
            PartitionIndex partitionIndex,
            PublishedCheck published,
            Clock clock) {
        this.lifecycle = lifecycle;
        this.store = store;
        this.partitionIndex = partitionIndex;
        this.published = published;
        this.clock = clock;
    }

    /// The step of a rebuild.
    enum Step {
        /// No rebuild was started since this instance started.
        NONE,
        /// The topics are being read and their aggregates stored.
        READING,
        /// The aggregates have caught up; the timelines are being stored.
        TELLING,
        /// The new read model is compared with what the services have published; the current one stays in use until
        /// nothing is missing.
        CONFIRMING,
        /// The new read model is the current one.
        DONE,
        /// The rebuild failed; the current read model stays in use.
        FAILED
    }

    /// @param generation number of the version that is being built
    /// @param corrected number of projects whose status differs after the same events
    /// @param published number of events, as the services count them; absent before they were asked
    /// @param reason why it failed, or which service it waits for
    record Progress(
            Step step,
            @Nullable Long generation,
            @Nullable Instant started,
            @Nullable Integer corrected,
            @Nullable Long published,
            @Nullable String reason) {

        static final Progress NONE = new Progress(Step.NONE, null, null, null, null, null);

        Progress at(Step next) {
            return new Progress(next, generation, started, corrected, published, reason);
        }

        Progress waiting(String why) {
            return new Progress(step, generation, started, corrected, published, why);
        }

        Progress confirmed(long events) {
            return new Progress(step, generation, started, corrected, events, null);
        }

        Progress done(int projects) {
            return new Progress(Step.DONE, generation, started, projects, published, null);
        }

        Progress failed(String why) {
            return new Progress(Step.FAILED, generation, started, null, published, why);
        }

        boolean isUnderWay() {
            return step == Step.READING || step == Step.TELLING || step == Step.CONFIRMING;
        }
    }

    /// @param read number of events that were read for it
    /// @param told number of them that are in its stored timelines
    /// @param all number of events, as the services count them; before they were asked, the number in the current
    ///     read model
    record Report(Progress progress, long read, long told, long all) {}

    Report report() {
        RunningReadModel now = building;
        Progress known = progress;
        return new Report(
                known,
                now == null ? 0 : sum(now.readModel().upTo()),
                now == null ? 0 : sum(now.timeline().stored()),
                known.published() == null ? sum(lifecycle.serving().readModel().upTo()) : known.published());
    }

    private static long sum(OffsetVector offsets) {
        return Arrays.stream(offsets.next()).sum();
    }

    /// Starts a rebuild.
    ///
    /// @throws RequestRejected.Busy when one is running, before the first read model is ready, or when the database
    ///     is unavailable
    synchronized void start() {
        if (progress.isUnderWay())
            throw new RequestRejected.Busy("rebuild-running", "A rebuild is already running; wait until it has ended.");
        var _ = lifecycle.serving();
        try {
            ReadModelVersion next = store.reserve();
            progress = new Progress(Step.READING, next.number(), clock.instant(), null, null, null);
            Thread.ofVirtual().name("rebuild").start(() -> build(next));
        } catch (MongoException | DataAccessException e) {
            throw new RequestRejected.Busy(
                    "database-away", "The database is unavailable; try again later. %s", "cause", e.getMessage());
        }
    }

    private void build(ReadModelVersion next) {
        try {
            int corrected =
                    replaceBy(lifecycle.open(ReadModel.empty(partitionIndex), next, partitionIndex.beginning()), next);
            progress = progress.done(corrected);
            LOG.info("event=rebuild.done collection={} corrected={}", next.aggregates(), corrected);
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("event=rebuild.failed collection={}", next.aggregates(), e);
            progress = progress.failed(String.valueOf(e.getMessage()));
        }
    }

    /// Makes the new read model the current one when it is complete, and closes it otherwise.
    ///
    /// @return the number of projects whose status differs
    private int replaceBy(RunningReadModel built, ReadModelVersion next) throws InterruptedException {
        building = built;
        lifecycle.replacing().lock();
        try {
            await(() -> built.readModel().isCaughtUp() && isNear(built.writer().stored()));
            progress = progress.at(Step.TELLING);
            await(() -> isNear(built.timeline().stored()));
            confirm(built, next);
            ReadModelVersion replaced = store.serving();
            if (!store.serve(next)) throw new IllegalStateException("A later rebuild has replaced this one.");
            int corrected = lifecycle.replaceBy(built);
            drop(next, replaced);
            return corrected;
        } finally {
            if (!lifecycle.isServing(built)) built.close();
            lifecycle.replacing().unlock();
        }
    }

    /// Waits until every service could be asked.
    ///
    /// @throws IllegalStateException when the new read model lacks published events
    private void confirm(RunningReadModel built, ReadModelVersion next) throws InterruptedException {
        progress = progress.at(Step.CONFIRMING);
        await(() -> {
            try {
                PublishedCheck.Completeness found = published.completeness(built.readModel());
                progress = progress.confirmed(found.published());
                if (!found.missing().isEmpty())
                    throw new IllegalStateException(
                            "The rebuilt read model is incomplete. " + String.join(" ", found.missing()));
                return true;
            } catch (Publishers.Unavailable e) {
                progress = progress.waiting(String.valueOf(e.getMessage()));
                return false;
            }
        });
        built.readModel().confirm();
        store.confirm(next);
    }

    /// Deletes the versions before; those that remain are deleted after the next rebuild.
    private void drop(ReadModelVersion next, ReadModelVersion replaced) {
        try {
            store.dropBefore(next, replaced);
        } catch (RuntimeException e) {
            LOG.warn("event=rebuild.cleanup-failed before={} cause=\"{}\"", replaced.aggregates(), e.getMessage());
        }
    }

    private static void await(BooleanSupplier reached) throws InterruptedException {
        while (!reached.getAsBoolean()) Thread.sleep(LOOK);
    }

    /// Whether at most 1,000 events of the current read model are missing in these offsets.
    private boolean isNear(OffsetVector stored) {
        return sum(stored) + 1_000 >= sum(lifecycle.serving().readModel().upTo());
    }
}
