package koinon.gateway.timeline;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.StoredOffsets;
import koinon.eventing.worker.BackgroundWorker;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// The timelines of all projects: stored in the database, and in memory while not stored yet.
///
/// The reader that feeds the read model feeds the timelines too. They read by themselves, at the speed at which they
/// can store, what that reader has read before, and what they missed because too many bytes were pending.
public final class TimelineProjection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimelineProjection.class);
    /// Documents per write: small enough for a slow database to answer in time and to let others write in between.
    private static final int BULK = 100;

    private static final Duration BEFORE_BEGIN = Duration.ofMillis(50);

    private final TimelineRepository repository;
    private final StoredOffsets offsets;
    private final Function<OffsetVector, Backlog> backlogs;
    private final TimelineSettings settings;
    private final Feed feed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final List<ProjectEventRecord> waiting = new ArrayList<>();
    private final Map<String, NavigableMap<String, TimelineEntry>> pending = new HashMap<>();
    private final Set<String> partlyStored = new HashSet<>();
    private final BackgroundWorker worker = new BackgroundWorker("timeline", this::work);
    private boolean fed;
    private long weight;
    private OffsetVector read;
    private volatile OffsetVector stored;

    /// Events in the topics from some offsets on.
    interface Backlog extends AutoCloseable {

        /// Passes on the events that come within a moment; possibly none.
        void readOn(Consumer<EventRecord> each) throws InterruptedException;

        /// All events before these offsets were passed on.
        OffsetVector next();

        @Override
        void close();
    }

    /// The reader that feeds the read model and the timelines.
    ///
    /// @param lock while it is held, no events are fed
    /// @param next all events before these offsets were fed
    /// @param mayBegin whether the read model is far enough that the timelines may read, too
    /// @param collection that the timelines are stored in; null while unknown
    public record Feed(
            Lock lock, Supplier<OffsetVector> next, BooleanSupplier mayBegin, Supplier<@Nullable String> collection) {}

    /// @param backlogs reads the topics from these offsets on
    /// @param from the offsets that are stored
    TimelineProjection(
            TimelineRepository repository,
            StoredOffsets offsets,
            Function<OffsetVector, Backlog> backlogs,
            TimelineSettings settings,
            OffsetVector from,
            Feed feed) {
        this.repository = repository;
        this.offsets = offsets;
        this.backlogs = backlogs;
        this.settings = settings;
        this.read = from;
        this.stored = from;
        this.feed = feed;
        worker.start();
    }

    private Duration work() throws InterruptedException {
        if (!feed.mayBegin().getAsBoolean()) return BEFORE_BEGIN;
        if (!isFed()) catchUp();
        else store();
        return settings.pause();
    }

    /// Reads the topics until the feed takes over. Ends before that when the database has lost writes.
    private void catchUp() throws InterruptedException {
        try (Backlog backlog = backlogs.apply(read())) {
            while (worker.isRunning() && !joinFeed()) {
                if (isFull()) Thread.sleep(settings.pause());
                else readOn(backlog);
                if (!store()) return;
            }
        }
    }

    private void readOn(Backlog backlog) throws InterruptedException {
        List<ProjectEventRecord> found = new ArrayList<>();
        backlog.readOn(it -> record(it).ifPresent(found::add));
        lock.lock();
        try {
            found.forEach(this::add);
            readUpTo(backlog.next());
        } finally {
            lock.unlock();
        }
    }

    /// Takes what is fed from now on, if nothing is missing before it.
    private boolean joinFeed() {
        feed.lock().lock();
        lock.lock();
        try {
            fed = read.contain(feed.next().get());
            return fed;
        } finally {
            lock.unlock();
            feed.lock().unlock();
        }
    }

    /// Takes an event from the feed.
    public void accept(EventRecord message) {
        Optional<ProjectEventRecord> found = record(message);
        lock.lock();
        try {
            if (!fed || read.contain(message.place(), message.offset())) return;
            // It is read from the topics later, as all that follows.
            fed = !isFull();
            if (fed) found.ifPresent(this::add);
        } finally {
            lock.unlock();
        }
    }

    /// All events up to these offsets were fed.
    public void upTo(OffsetVector now) {
        lock.lock();
        try {
            if (fed) readUpTo(now);
        } finally {
            lock.unlock();
        }
    }

    /// An unreadable event belongs to no known project; the read model counts it.
    private static Optional<ProjectEventRecord> record(EventRecord message) {
        try {
            return ProjectEventRecord.of(message);
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private void readUpTo(OffsetVector now) {
        read = read.with(now);
        progress.signalAll();
    }

    private void add(ProjectEventRecord it) {
        waiting.add(it);
        weight += it.weight();
        pending.computeIfAbsent(it.project(), _ -> new TreeMap<>())
                .put(it.entry().key(), it.entry());
    }

    private boolean isFed() {
        lock.lock();
        try {
            return fed;
        } finally {
            lock.unlock();
        }
    }

    private OffsetVector read() {
        lock.lock();
        try {
            return read;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        lock.lock();
        try {
            return weight > settings.pending().toBytes();
        } finally {
            lock.unlock();
        }
    }

    /// Stores what waits, if the collection is known.
    ///
    /// @return false when the database has lost writes, so that the topics must be read again
    private boolean store() {
        @Nullable String into = feed.collection().get();
        if (into == null) return true;
        OffsetVector known = offsets.of(into);
        if (!known.contain(stored)) {
            LOG.warn("event=timeline.database-lost-writes action=\"read the topics again\" collection={}", into);
            restartFrom(known);
            return false;
        }
        List<ProjectEventRecord> batch;
        OffsetVector upTo;
        lock.lock();
        try {
            batch = List.copyOf(waiting);
            upTo = read;
        } finally {
            lock.unlock();
        }
        for (int from = 0; from < batch.size(); from += BULK)
            store(into, batch.subList(from, Math.min(batch.size(), from + BULK)), known);
        advance(into, upTo, known);
        stored = stored.with(known).with(upTo);
        return true;
    }

    /// Stores a batch and then the offsets that it completes, so that nothing before it is stored again.
    private void store(String into, List<ProjectEventRecord> some, OffsetVector known) {
        // Skips what another instance has stored.
        List<ProjectEventRecord> missing = some.stream()
                .filter(it -> !known.contain(it.place(), it.offset()))
                .toList();
        if (!missing.isEmpty()) repository.add(into, missing);
        repository.redact(into, missing);
        OffsetVector next = stored;
        for (ProjectEventRecord it : some) next = next.after(it.place(), it.offset());
        advance(into, next, known);
        stored = next;
        removePending(some);
    }

    private void advance(String into, OffsetVector upTo, OffsetVector known) {
        if (!known.contain(upTo)) offsets.advance(into, upTo);
    }

    private void removePending(List<ProjectEventRecord> batch) {
        lock.lock();
        try {
            waiting.subList(0, batch.size()).clear();
            for (ProjectEventRecord it : batch) {
                weight -= it.weight();
                partlyStored.add(it.project());
                pending.computeIfPresent(it.project(), (_, entries) -> {
                    entries.remove(it.entry().key());
                    return entries.isEmpty() ? null : entries;
                });
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What was fed after the lost writes is read again, too.
    private void restartFrom(OffsetVector from) {
        lock.lock();
        try {
            fed = false;
            waiting.clear();
            pending.clear();
            weight = 0;
            read = from;
            stored = from;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The stored timelines contain everything up to these offsets.
    public OffsetVector stored() {
        return stored;
    }

    /// Waits until everything up to these offsets has been read.
    ///
    /// @return whether it has been read
    boolean awaitRead(OffsetVector wanted, Duration patience) throws InterruptedException {
        long remaining = patience.toNanos();
        lock.lock();
        try {
            while (!read.contain(wanted)) {
                if (remaining <= 0) return false;
                remaining = progress.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// A part of the timeline of a project.
    ///
    /// @throws RequestRejected.Busy when it is in the database, and that is unavailable
    List<TimelineEntry> of(String project, TimelineRange range) {
        NavigableMap<String, TimelineEntry> found = new TreeMap<>();
        lock.lock();
        try {
            // Copied before the database is read, so that an event that is stored meanwhile is found in one of the
            // two.
            NavigableMap<String, TimelineEntry> here = pending.getOrDefault(project, new TreeMap<>());
            found.putAll(range.of(here));
            if (isWhole(project, here)) return first(found, range);
        } finally {
            lock.unlock();
        }
        @Nullable String from = feed.collection().get();
        if (from == null) throw failing();
        try {
            List<TimelineEntry> inDatabase = repository.of(from, project, range);
            if (inDatabase.size() == range.limit())
                found = new TreeMap<>(range.upTo(inDatabase.getLast().key(), found));
            for (TimelineEntry it : inDatabase) found.put(it.key(), it);
        } catch (MongoException _) {
            throw failing();
        }
        return first(found, range);
    }

    private boolean isWhole(String project, Map<String, TimelineEntry> entries) {
        String first = "proposal/" + project + "/1";
        return !partlyStored.contains(project)
                && entries.values().stream().anyMatch(it -> it.position().equals(first));
    }

    private static List<TimelineEntry> first(NavigableMap<String, TimelineEntry> found, TimelineRange range) {
        return range.of(found).values().stream().limit(range.limit()).toList();
    }

    private static RequestRejected.Busy failing() {
        return new RequestRejected.Busy(
                "timeline-stored",
                "The timeline of this project is stored in the database, which is unavailable; try again later.");
    }

    @Override
    public void close() {
        worker.stop();
        lock.lock();
        try {
            fed = false;
        } finally {
            lock.unlock();
        }
    }
}
