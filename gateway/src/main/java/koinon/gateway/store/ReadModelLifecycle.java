package koinon.gateway.store;

import com.mongodb.MongoException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.reader.TopicsConsumer;
import koinon.eventing.reader.TopicsReader;
import koinon.eventing.reader.TopicsReaderFactory;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.topic.PositionedEvent;
import koinon.eventing.worker.BackgroundWorker;
import koinon.gateway.published.PublishedCheck;
import koinon.gateway.published.Publishers;
import koinon.gateway.readmodel.Corrections;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.timeline.TimelineProjection;
import koinon.gateway.timeline.TimelineService;
import koinon.gateway.topics.EventRecord;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Owns the read model of this instance. At the start it loads the stored one and reads on from its offsets; if
/// none is stored or the database is unavailable, it builds one from the topics. It replaces the read model when
/// the pointer in the database names another one.
@Component
final class ReadModelLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelLifecycle.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// How often projects are compared that change meanwhile, before they are replaced as they are.
    private static final int COMPARISONS = 20;

    private static final int LOOKS_WHILE_INCOMPLETE = 60;

    private final ReadModelStore store;
    private final TopicsReaderFactory topics;
    private final PartitionIndex partitionIndex;
    private final CurrentReadModel currentReadModel;
    private final TimelineService timelines;
    private final StoreSettings settings;
    private final PublishedCheck published;
    private final ReentrantLock replacing = new ReentrantLock();
    private volatile @Nullable RunningReadModel serving;
    private volatile @Nullable RunningReadModel closed;
    private final BackgroundWorker following = new BackgroundWorker("readmodel-follow", this::loadOrFollow);
    private final BackgroundWorker confirmation = new BackgroundWorker("readmodel-confirm", this::confirmInTime);

    ReadModelLifecycle(
            ReadModelStore store,
            TopicsReaderFactory topics,
            PartitionIndex partitionIndex,
            CurrentReadModel currentReadModel,
            TimelineService timelines,
            StoreSettings settings,
            PublishedCheck published) {
        this.store = store;
        this.topics = topics;
        this.partitionIndex = partitionIndex;
        this.currentReadModel = currentReadModel;
        this.timelines = timelines;
        this.settings = settings;
        this.published = published;
    }

    /// While the database is unavailable, the current read model stays in use.
    private Duration loadOrFollow() throws InterruptedException {
        @Nullable RunningReadModel now = serving;
        if (now == null) {
            RunningReadModel first = first();
            currentReadModel.answerFrom(first.readModel(), Set.of());
            timelines.answerFrom(first.timeline());
            serving = first;
        } else if (now.equals(closed)) {
            readOn();
        } else {
            follow();
        }
        return settings.look();
    }

    /// After a stop and another start, which closed the reader of the current read model: another one takes its place.
    private void readOn() throws InterruptedException {
        replacing.lock();
        try {
            switchTo(first());
        } finally {
            replacing.unlock();
        }
    }

    /// Runs in its own thread, because services may answer late. After an incomplete result it waits longer,
    /// because a comparison reads every document of every service.
    private Duration confirmInTime() {
        return confirm() ? settings.look() : settings.look().multipliedBy(LOOKS_WHILE_INCOMPLETE);
    }

    private RunningReadModel first() {
        try {
            return load(store.serving());
        } catch (MongoException | DataAccessException e) {
            return withoutDatabase(e);
        } catch (RuntimeException e) {
            LOG.error("event=readmodel.load-failed action=\"read all topics and store them\"", e);
            return anew();
        }
    }

    private RunningReadModel anew() {
        try {
            return openNext();
        } catch (RuntimeException e) {
            return withoutDatabase(e);
        }
    }

    private RunningReadModel withoutDatabase(RuntimeException why) {
        LOG.warn("event=readmodel.database-unavailable action=\"read all topics\" cause=\"{}\"", why.toString());
        return open(ReadModel.empty(partitionIndex), null, partitionIndex.beginning());
    }

    /// Builds a read model of all topics under a new version, which becomes the current one at once.
    private RunningReadModel openNext() {
        ReadModelVersion next = store.reserve();
        store.serve(next);
        return open(ReadModel.empty(partitionIndex), next, partitionIndex.beginning());
    }

    /// Loads a stored read model and reads on from its offsets.
    RunningReadModel load(ReadModelVersion version) {
        long begin = System.nanoTime();
        OffsetVector offsets = store.offsets(version);
        if (!topics.reach(offsets)) {
            LOG.warn("event=readmodel.topics-shorter collection={} action=\"read all topics\"", version.aggregates());
            return openNext();
        }
        var aggregates = new ArrayList<ProjectedAggregate>();
        store.load(version, aggregates::add);
        // Another version may have replaced this one during the load, and its collections may be deleted.
        ReadModelVersion latest = store.serving();
        if (!latest.equals(version)) return load(latest);
        LOG.info(
                "event=readmodel.loaded aggregates={} collection={} millis={}",
                aggregates.size(),
                version.aggregates(),
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
        ReadModel loaded = ReadModel.of(partitionIndex, aggregates.stream(), offsets);
        if (store.isConfirmed(version)) loaded.confirm();
        return open(loaded, version, store.timelineOffsets(version));
    }

    /// Reads on from the offsets of a read model, and stores it.
    ///
    /// @param timelineOffsets the offsets that the stored timelines contain
    RunningReadModel open(ReadModel readModel, @Nullable ReadModelVersion version, OffsetVector timelineOffsets) {
        Lock feeding = new ReentrantLock();
        var writer = new StoreWriter(readModel, feeding, store, version, settings.pause());
        TimelineProjection timeline = timelines.open(
                timelineOffsets,
                new TimelineProjection.Feed(feeding, readModel::upTo, readModel::isCaughtUp, writer::timelines));
        TopicsReader reader = topics.read(new Feed(readModel, timeline), readModel.upTo(), feeding);
        return new RunningReadModel(readModel, reader, writer, timeline);
    }

    /// Passes each event on to the read model and to the timelines.
    private record Feed(ReadModel readModel, TimelineProjection timeline) implements TopicsConsumer {

        @Override
        public void accept(PositionedEvent event) {
            EventRecord message = EventRecord.of(event);
            readModel.accept(message);
            timeline.accept(message);
        }

        @Override
        public void unreadable(String what, RuntimeException why) {
            readModel.unreadable(what, why);
        }

        @Override
        public void upTo(OffsetVector offsets) {
            readModel.upTo(offsets);
            timeline.upTo(offsets);
        }

        @Override
        public void readToEnd(String topic, Instant at) {
            readModel.readToEnd(topic, at);
        }

        @Override
        public void truncated(String topic) {
            readModel.truncated(topic);
        }
    }

    /// Compares the current read model with what the services have published, unless that was done before.
    ///
    /// @return false when events are missing
    private boolean confirm() {
        @Nullable RunningReadModel now = serving;
        if (now == null) return true;
        ReadModel readModel = now.readModel();
        if (readModel.isConfirmed() || !readModel.isCaughtUp()) return true;
        try {
            List<String> missing = published.completeness(readModel).missing();
            if (!missing.isEmpty()) {
                if (!missing.equals(readModel.unconfirmedReasons()))
                    LOG.error("event=readmodel.incomplete missing=\"{}\"", missing);
                readModel.unconfirmed(missing);
                return false;
            }
        } catch (Publishers.Unavailable e) {
            readModel.unconfirmed(List.of(String.valueOf(e.getMessage())));
            return true;
        }
        readModel.confirm();
        LOG.info("event=readmodel.confirmed events={}", readModel.eventsRead());
        @Nullable ReadModelVersion stored = now.writer().version();
        if (stored != null) store.confirm(stored);
        return true;
    }

    /// Switches to the read model that another instance has rebuilt.
    private void follow() throws InterruptedException {
        RunningReadModel now = serving();
        ReadModelVersion named = store.serving();
        @Nullable ReadModelVersion ours = now.writer().version();
        if (ours == null || named.equals(ours) || !replacing.tryLock()) return;
        try {
            LOG.info("event=readmodel.switch collection={}", named.aggregates());
            switchTo(load(named));
        } finally {
            replacing.unlock();
        }
    }

    /// The running read model that requests are answered from.
    ///
    /// @throws RequestRejected.Busy before the first one is ready
    RunningReadModel serving() {
        RunningReadModel now = serving;
        if (now == null)
            throw new RequestRejected.Busy(
                    "loading", "The stored read model is still being loaded; try again in a moment.");
        return now;
    }

    /// Whether requests are answered from this read model.
    boolean isServing(RunningReadModel one) {
        return one.equals(serving);
    }

    /// Replaces the current read model, and closes the next one where that did not succeed.
    private void switchTo(RunningReadModel next) throws InterruptedException {
        try {
            replaceBy(next);
        } finally {
            if (!isServing(next)) next.close();
        }
    }

    /// Held while the read model is replaced.
    ReentrantLock replacing() {
        return replacing;
    }

    /// Switches to the next read model as soon as it contains every event of the current one.
    ///
    /// @return the number of projects whose status differs after the same events
    int replaceBy(RunningReadModel next) throws InterruptedException {
        RunningReadModel before = serving();
        while (!next.readModel().isCaughtUp()) Thread.sleep(20);
        var corrections = new Corrections(before.readModel(), next.readModel());
        currentReadModel.prepare(next.readModel());
        int attempts = 1;
        while (!replaced(before, next, corrections, attempts < COMPARISONS)) {
            Thread.sleep(100);
            attempts++;
        }
        before.close();
        return corrections.found().size();
    }

    private boolean replaced(
            RunningReadModel before, RunningReadModel next, Corrections corrections, boolean onlyCompared)
            throws InterruptedException {
        // The current read model receives no events meanwhile, so that the next one can reach its offsets; requests
        // continue.
        List<Lock> feeding = List.of(before.reader().feeding(), next.reader().feeding());
        feeding.getFirst().lock();
        try {
            if (!hasReached(next.readModel(), before.readModel().upTo())) return false;
            feeding.getLast().lock();
            try {
                // A project that stays uncompared has events that the current read model lacks, so it is announced.
                if (!corrections.comparePending() && onlyCompared) return false;
                currentReadModel.answerFrom(next.readModel(), corrections.found());
                timelines.answerFrom(next.timeline());
                serving = next;
                return true;
            } finally {
                feeding.getLast().unlock();
            }
        } finally {
            feeding.getFirst().unlock();
        }
    }

    private static boolean hasReached(ReadModel readModel, OffsetVector offsets) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!readModel.upTo().contain(offsets)) {
            if (System.nanoTime() > end) return false;
            Thread.sleep(5);
        }
        return true;
    }

    @Override
    public void start() {
        following.start();
        confirmation.start();
    }

    @Override
    public void stop() {
        following.stop();
        confirmation.stop();
        RunningReadModel last = serving;
        if (last == null) return;
        last.close();
        closed = last;
    }

    @Override
    public boolean isRunning() {
        return following.isRunning();
    }
}
