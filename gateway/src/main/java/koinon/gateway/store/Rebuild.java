package koinon.gateway.store;

import com.mongodb.MongoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import koinon.gateway.picture.Picture;
import koinon.gateway.published.PublishedCheck;
import koinon.gateway.published.Publishers;
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
    private final PublishedCheck published;
    private final Clock clock;
    private volatile Progress progress = Progress.NONE;
    private volatile @Nullable Projection building;

    Rebuild(Projections projections, Store store, Places places, PublishedCheck published, Clock clock) {
        this.projections = projections;
        this.store = store;
        this.places = places;
        this.published = published;
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
        /// It is compared with what was published; what serves goes on until nothing is missing.
        CONFIRMING,
        /// It serves.
        DONE,
        /// What served before goes on.
        FAILED
    }

    /// @param generation the stored picture that is being built
    /// @param corrected how many projects are shown in another way than before after the same events
    /// @param published how many events there are, as their publishers count them; absent before they were asked
    /// @param reason why it failed, or whom it waits for
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

    /// @param read how many events have been read for it
    /// @param told how many of them are in its stored timelines
    /// @param all how many there are, as their publishers count them; before they were asked what serves has read
    record Report(Progress progress, long read, long told, long all) {}

    Report report() {
        Projection now = building;
        Progress known = progress;
        return new Report(
                known,
                now == null ? 0 : sum(now.picture().upTo()),
                now == null ? 0 : sum(now.chronicle().stored()),
                known.published() == null ? sum(projections.serving().picture().upTo()) : known.published());
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
            progress = new Progress(Step.READING, next.number(), clock.instant(), null, null, null);
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
            confirm(built, next);
            Generation replaced = store.serving();
            if (!store.serve(next)) throw new IllegalStateException("A later rebuild has overtaken it.");
            int corrected = projections.replaceBy(built);
            drop(next, replaced);
            progress = progress.done(corrected);
            LOG.info("{} serves; {} projects are corrected.", next.sources(), corrected);
        } catch (RuntimeException e) {
            LOG.error("The rebuild failed; what served before goes on.", e);
            if (!projections.isServing(built)) built.close();
            progress = progress.failed(String.valueOf(e.getMessage()));
        } finally {
            projections.replacing().unlock();
        }
    }

    /// Waits until every publisher could be asked.
    ///
    /// @throws IllegalStateException when it lacks something of what was published
    private void confirm(Projection built, Generation next) {
        progress = progress.at(Step.CONFIRMING);
        await(() -> {
            try {
                PublishedCheck.Completeness found = published.completeness(built.picture());
                progress = progress.confirmed(found.published());
                if (!found.missing().isEmpty())
                    throw new IllegalStateException(
                            "What was built is not complete. " + String.join(" ", found.missing()));
                return true;
            } catch (Publishers.Away e) {
                progress = progress.waiting(String.valueOf(e.getMessage()));
                return false;
            }
        });
        built.picture().confirm();
        store.confirm(next);
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
