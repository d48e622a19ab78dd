package koinon.gateway.store;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import koinon.gateway.picture.Picture;
import koinon.gateway.picture.Reading;
import koinon.gateway.published.PublishedCheck;
import koinon.gateway.published.Publishers;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.gateway.reading.Source;
import koinon.gateway.reading.Topics;
import koinon.gateway.reading.TopicsReader;
import koinon.gateway.timeline.Chronicle;
import koinon.gateway.timeline.Timelines;
import koinon.platform.document.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The projection that this copy answers from: loaded at the start from what is stored and read on from there, folded
/// from the topics where nothing is stored or the database is away, and replaced by the one that the pointer names.
@Component
final class Projections implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LOOKS_WHILE_INCOMPLETE = 60;

    private final Store store;
    private final Topics topics;
    private final Places places;
    private final Reading reading;
    private final Timelines timelines;
    private final StoreSettings settings;
    private final PublishedCheck published;
    private final ReentrantLock replacing = new ReentrantLock();
    private volatile @Nullable Projection serving;
    private volatile boolean running;
    private List<Thread> threads = List.of();

    Projections(
            Store store,
            Topics topics,
            Places places,
            Reading reading,
            Timelines timelines,
            StoreSettings settings,
            PublishedCheck published) {
        this.store = store;
        this.topics = topics;
        this.places = places;
        this.reading = reading;
        this.timelines = timelines;
        this.settings = settings;
        this.published = published;
    }

    private void work() {
        Projection first = first();
        reading.answerFrom(first.picture(), Set.of());
        timelines.answerFrom(first.chronicle());
        serving = first;
        while (running) {
            pause(settings.look());
            try {
                follow();
            } catch (MongoException | DataAccessException _) {
                // Away: what serves goes on.
            } catch (RuntimeException e) {
                LOG.error("The stored picture cannot be followed.", e);
            }
        }
    }

    /// Beside what follows, for publishers may answer late. What lacked something is compared seldom, since a
    /// comparison
    /// reads every document of every service.
    private void confirmInTime() {
        while (running) {
            pause(settings.look());
            try {
                if (!confirm()) pause(settings.look().multipliedBy(LOOKS_WHILE_INCOMPLETE));
            } catch (MongoException | DataAccessException _) {
                // Away: it serves as confirmed and is compared again after the next start.
            } catch (RuntimeException e) {
                LOG.error("What serves cannot be compared with what was published.", e);
            }
        }
    }

    private Projection first() {
        try {
            return load(store.serving());
        } catch (MongoException | DataAccessException e) {
            return withoutDatabase(e);
        } catch (RuntimeException e) {
            LOG.error("What is stored cannot be read, so all topics are read and stored anew.", e);
            return anew();
        }
    }

    private Projection anew() {
        try {
            return openNext();
        } catch (RuntimeException e) {
            return withoutDatabase(e);
        }
    }

    private Projection withoutDatabase(RuntimeException why) {
        LOG.warn("Nothing can be loaded for now, so all topics are read: {}", why.toString());
        return open(Picture.empty(places), null, places.beginning());
    }

    /// Folds all topics into a generation of its own, which serves from now on.
    private Projection openNext() {
        Generation next = store.reserve();
        store.serve(next);
        return open(Picture.empty(places), next, places.beginning());
    }

    /// Loads what is stored, and reads on from there.
    Projection load(Generation generation) {
        long begin = System.nanoTime();
        Offsets offsets = store.offsets(generation);
        if (!topics.reach(offsets)) {
            LOG.warn("The topics are shorter than what was stored of them, so they are others; all of them are read.");
            return openNext();
        }
        var sources = new ArrayList<Source>();
        store.load(generation, sources::add);
        // Another one may have taken its place meanwhile, and it may have been deleted.
        Generation current = store.serving();
        if (!current.equals(generation)) return load(current);
        LOG.info(
                "{} aggregates were stored in {} and loaded in {} ms.",
                sources.size(),
                generation.sources(),
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
        Picture loaded = Picture.of(places, sources.stream(), offsets);
        if (store.isConfirmed(generation)) loaded.confirm();
        return open(loaded, generation, store.historyOffsets(generation));
    }

    /// Reads on, from what a picture contains, and stores it.
    ///
    /// @param told what the stored timelines contain
    Projection open(Picture picture, @Nullable Generation generation, Offsets told) {
        TopicsReader reader = topics.read(picture, picture.upTo());
        var storing = new Storing(picture, store, generation, settings.pause());
        Chronicle chronicle = timelines.open(storing::history, told, picture::isCaughtUp);
        return new Projection(picture, reader, storing, chronicle);
    }

    /// Compares what serves and was never compared with what was published.
    ///
    /// @return false when something is missing
    private boolean confirm() {
        @Nullable Projection now = serving;
        if (now == null) return true;
        Picture picture = now.picture();
        if (picture.isConfirmed() || !picture.isCaughtUp()) return true;
        try {
            List<String> missing = published.completeness(picture).missing();
            if (!missing.isEmpty()) {
                if (!missing.equals(picture.lacking())) LOG.error("event=readmodel.incomplete missing=\"{}\"", missing);
                picture.unconfirmed(missing);
                return false;
            }
        } catch (Publishers.Away e) {
            picture.unconfirmed(List.of(String.valueOf(e.getMessage())));
            return true;
        }
        picture.confirm();
        LOG.info("event=readmodel.confirmed events={}", picture.heard());
        @Nullable Generation stored = now.storing().generation();
        if (stored != null) store.confirm(stored);
        return true;
    }

    /// Takes over what another copy has built anew.
    private void follow() {
        Projection now = serving();
        Generation named = store.serving();
        @Nullable Generation ours = now.storing().generation();
        if (ours == null || named.equals(ours) || !replacing.tryLock()) return;
        try {
            LOG.info("{} serves now; takes it over.", named.sources());
            replaceBy(load(named));
        } finally {
            replacing.unlock();
        }
    }

    /// The projection that is answered from.
    ///
    /// @throws Refused.Busy before there is one
    Projection serving() {
        Projection now = serving;
        if (now == null) throw new Refused.Busy("What is stored is still being loaded; ask again in a moment.");
        return now;
    }

    /// Whether this one is answered from.
    boolean isServing(Projection one) {
        return one.equals(serving);
    }

    /// Whoever holds it replaces the projection; nobody else does meanwhile.
    ReentrantLock replacing() {
        return replacing;
    }

    /// Answers from the next one as soon as it contains everything that has been answered.
    ///
    /// @return how many projects it shows in another way after the same events
    int replaceBy(Projection next) {
        Projection before = serving();
        while (!next.picture().isCaughtUp()) pause(Duration.ofMillis(20));
        Set<String> corrected = before.correctedBy(next);
        reading.prepare(next.picture());
        while (!replaced(before, next, corrected)) pause(Duration.ofMillis(100));
        before.close();
        return corrected.size();
    }

    private boolean replaced(Projection before, Projection next, Set<String> corrected) {
        // The one before stands still, so that the next one can reach it; requests go on meanwhile.
        List<ReentrantLock> feeding =
                List.of(before.reader().feeding(), next.reader().feeding());
        feeding.getFirst().lock();
        try {
            if (!hasReached(next.picture(), before.picture().upTo())) return false;
            feeding.getLast().lock();
            try {
                reading.answerFrom(next.picture(), corrected);
                timelines.answerFrom(next.chronicle());
                serving = next;
                return true;
            } finally {
                feeding.getLast().unlock();
            }
        } finally {
            feeding.getFirst().unlock();
        }
    }

    private boolean hasReached(Picture picture, Offsets offsets) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!picture.upTo().contain(offsets)) {
            if (System.nanoTime() > end || !running) return false;
            pause(Duration.ofMillis(5));
        }
        return true;
    }

    private void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException _) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
        threads = List.of(
                Thread.ofVirtual().name("projections").start(this::work),
                Thread.ofVirtual().name("projections-confirm").start(this::confirmInTime));
    }

    @Override
    public void stop() {
        running = false;
        Projection last = serving;
        threads.forEach(Thread::interrupt);
        if (last != null) last.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
