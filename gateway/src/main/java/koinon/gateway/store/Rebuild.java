package koinon.gateway.store;

import com.mongodb.MongoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import koinon.gateway.picture.Picture;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.platform.document.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Folds the topics anew beside what serves, into collections of its own, and lets that serve once it has caught up.
/// Requests and streams go on all the while.
@Component
class Rebuild {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Projections projections;
    private final Store store;
    private final Places places;
    private final Clock clock;
    private volatile Progress progress = Progress.NONE;
    private volatile @Nullable Projection building;

    Rebuild(Projections projections, Store store, Places places, Clock clock) {
        this.projections = projections;
        this.store = store;
        this.places = places;
        this.clock = clock;
    }

    /// How far a rebuild is.
    enum Step {
        /// None has been started since this copy runs.
        NONE,
        /// The topics are being read, and what they say is stored.
        READING,
        /// It has caught up; the timelines are being stored.
        TELLING,
        /// It serves.
        DONE,
        /// What served before goes on.
        FAILED
    }

    /// @param generation the stored picture that is being built
    /// @param corrected how many projects are shown in another way than before after the same events
    /// @param reason why it failed
    record Progress(
            Step step,
            @Nullable Long generation,
            @Nullable Instant started,
            @Nullable Integer corrected,
            @Nullable String reason) {

        static final Progress NONE = new Progress(Step.NONE, null, null, null, null);

        Progress at(Step next) {
            return new Progress(next, generation, started, corrected, reason);
        }

        boolean isUnderWay() {
            return step == Step.READING || step == Step.TELLING;
        }
    }

    /// @param read how many events have been read for it
    /// @param told how many of them are in its stored timelines
    /// @param all how many there are
    record Report(Progress progress, long read, long told, long all) {}

    Report report() {
        Projection now = building;
        return new Report(
                progress,
                now == null ? 0 : sum(now.picture().upTo()),
                now == null ? 0 : sum(now.chronicle().stored()),
                sum(projections.serving().picture().upTo()));
    }

    private static long sum(Offsets offsets) {
        return Arrays.stream(offsets.next()).sum();
    }

    /// Starts one.
    ///
    /// @throws Refused.Busy when one is under way, before anything serves, or when the database is away
    synchronized void start() {
        if (progress.isUnderWay()) throw new Refused.Busy("A rebuild is under way.");
        var _ = projections.serving();
        try {
            Generation next = store.reserve();
            progress = new Progress(Step.READING, next.number(), clock.instant(), null, null);
            Thread.ofVirtual().name("rebuild").start(() -> build(next));
        } catch (MongoException | DataAccessException e) {
            throw new Refused.Busy("The database is away: " + e.getMessage());
        }
    }

    private void build(Generation next) {
        Projection built = projections.open(Picture.empty(places), next, places.beginning());
        building = built;
        projections.replacing().lock();
        try {
            await(() -> built.picture().isCaughtUp() && isNear(built.storing().stored()));
            progress = progress.at(Step.TELLING);
            await(() -> isNear(built.chronicle().stored()));
            Generation replaced = store.serving();
            if (!store.serve(next)) throw new IllegalStateException("A later rebuild has overtaken it.");
            int corrected = projections.replaceBy(built);
            drop(next, replaced);
            progress = new Progress(Step.DONE, next.number(), progress.started(), corrected, null);
            LOG.info("{} serves; {} projects are corrected.", next.sources(), corrected);
        } catch (RuntimeException e) {
            LOG.error("The rebuild failed; what served before goes on.", e);
            if (!projections.isServing(built)) built.close();
            progress = new Progress(Step.FAILED, next.number(), progress.started(), null, e.toString());
        } finally {
            projections.replacing().unlock();
        }
    }

    /// What is left is tried again after the next rebuild.
    private void drop(Generation next, Generation replaced) {
        try {
            store.dropBefore(next, replaced);
        } catch (RuntimeException e) {
            LOG.warn("What came before {} is not all deleted: {}", replaced.sources(), e.getMessage());
        }
    }

    private static void await(BooleanSupplier reached) {
        try {
            while (!reached.getAsBoolean()) Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped.", e);
        }
    }

    /// Whether all but the newest is in it.
    private boolean isNear(Offsets stored) {
        return sum(stored) + 1_000 >= sum(projections.serving().picture().upTo());
    }
}
