package koinon.gateway.timeline;

import com.mongodb.MongoException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import koinon.gateway.reading.Fold;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.StoredOffsets;
import koinon.platform.document.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that happened to projects: stored, and in memory what is not stored yet. It reads the topics by itself,
/// at the pace at which it can store: when too much waits for the database, reading waits.
public final class Chronicle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);
    /// So that a slow database answers in time, and lets others write in between.
    private static final int BULK = 100;

    private final History history;
    private final StoredOffsets offsets;
    private final Reading reading;
    private final TimelineSettings settings;
    private final Supplier<@Nullable String> collection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final List<Happened> waiting = new ArrayList<>();
    private final Map<String, NavigableMap<String, Entry>> pending = new HashMap<>();
    private final Set<String> partlyStored = new HashSet<>();
    private final Thread thread;
    private long weight;
    private Offsets read;
    private volatile Offsets stored;
    private volatile boolean running = true;

    /// How the topics are read.
    @FunctionalInterface
    interface Reading {

        /// Feeds a fold from these offsets on, until what it returns is run.
        Runnable begin(Fold fold, Offsets from);
    }

    /// @param collection where it is stored; nothing while that is not known
    /// @param from what is stored there already
    /// @param mayBegin when to begin reading
    Chronicle(
            History history,
            StoredOffsets offsets,
            Reading reading,
            TimelineSettings settings,
            Supplier<@Nullable String> collection,
            Offsets from,
            BooleanSupplier mayBegin) {
        this.history = history;
        this.offsets = offsets;
        this.reading = reading;
        this.settings = settings;
        this.collection = collection;
        this.read = from;
        this.stored = from;
        this.thread = Thread.ofVirtual().name("chronicle").start(() -> work(mayBegin));
    }

    private void work(BooleanSupplier mayBegin) {
        while (running && !mayBegin.getAsBoolean()) pause(Duration.ofMillis(50));
        while (running) {
            var feed = new Feed();
            Runnable end = reading.begin(feed, stored);
            @Nullable Offsets left = storeWhileNothingIsLost();
            end.run();
            if (left != null) startAgain(feed, left);
        }
    }

    /// @return what the database still has, when it has lost what was stored; nothing when this is closed
    private @Nullable Offsets storeWhileNothingIsLost() {
        boolean away = false;
        while (running) {
            try {
                @Nullable String into = collection.get();
                @Nullable Offsets left = into == null ? null : round(into);
                if (left != null) return left;
                if (away) LOG.info("Timelines are stored again.");
                away = false;
            } catch (MongoException e) {
                if (!away) LOG.warn("Timelines are not stored for now: {}", e.getMessage());
                away = true;
            } catch (RuntimeException e) {
                if (!away) LOG.error("Timelines are not stored for now.", e);
                away = true;
            }
            pause(settings.pause());
        }
        return null;
    }

    /// @return what the database still has, when it has lost what was stored, so that it has to be read again
    private @Nullable Offsets round(String into) {
        Offsets known = offsets.of(into);
        if (!known.contain(stored)) {
            LOG.warn("The database is older than what was stored in it; timelines are read again.");
            return known;
        }
        List<Happened> batch;
        Offsets upTo;
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
        return null;
    }

    /// Once some are stored, so is all that was read before them, and none of it is stored again.
    private void store(String into, List<Happened> some, Offsets known) {
        // What another copy has stored is as good.
        List<Happened> missing = some.stream()
                .filter(it -> !known.contain(it.place(), it.offset()))
                .toList();
        if (!missing.isEmpty()) history.add(into, missing);
        long[] next = stored.next();
        for (Happened it : some) next[it.place()] = Math.max(next[it.place()], it.offset() + 1);
        advance(into, Offsets.of(next), known);
        stored = Offsets.of(next);
        forget(some);
    }

    private void advance(String into, Offsets upTo, Offsets known) {
        if (!known.contain(upTo)) offsets.advance(into, upTo);
    }

    private void forget(List<Happened> batch) {
        lock.lock();
        try {
            waiting.subList(0, batch.size()).clear();
            for (Happened it : batch) {
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

    private void startAgain(Feed before, Offsets from) {
        lock.lock();
        try {
            before.ended = true;
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

    /// What one reader says. When it is read again from further back, what the one before still says is not taken in:
    /// its offsets would pass over what has been lost.
    private final class Feed implements Fold {

        private boolean ended;

        @Override
        public void heard(Message message) {
            Happened.of(message).ifPresent(it -> {
                lock.lock();
                try {
                    while (running && !ended && weight > settings.pending().toBytes()) progress.awaitUninterruptibly();
                    if (!ended) add(it);
                } finally {
                    lock.unlock();
                }
            });
        }

        private void add(Happened it) {
            waiting.add(it);
            weight += it.weight();
            pending.computeIfAbsent(it.project(), _ -> new TreeMap<>())
                    .put(it.entry().key(), it.entry());
        }

        /// It belongs to no project that anyone could tell; the picture counts it.
        @Override
        public void unreadable(String what, RuntimeException why) {}

        @Override
        public void upTo(Offsets now) {
            lock.lock();
            try {
                if (!ended) read = now;
                progress.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void readToItsEnd(String topic, Instant at) {}

        @Override
        public void cutShort(String topic) {}
    }

    /// Everything up to these offsets is stored.
    public Offsets stored() {
        return stored;
    }

    /// Waits until everything up to these offsets has been read.
    ///
    /// @return whether it has been
    boolean awaitRead(Offsets wanted, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!read.contain(wanted)) {
                if (left <= 0) return false;
                left = progress.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// What happened to a project after a key, in its order.
    ///
    /// @throws Refused.Busy when it is in the database and that is away
    List<Entry> of(String project, String after, int limit) {
        NavigableMap<String, Entry> found = new TreeMap<>();
        lock.lock();
        try {
            // Before looking into the database: what is stored meanwhile is found in one of them.
            NavigableMap<String, Entry> here = pending.getOrDefault(project, new TreeMap<>());
            found.putAll(here.tailMap(after, false));
            if (isWhole(project, here)) return first(found.values().stream(), limit);
        } finally {
            lock.unlock();
        }
        @Nullable String from = collection.get();
        if (from == null) throw away();
        try {
            List<Entry> inDatabase = history.of(from, project, after, limit);
            if (inDatabase.size() == limit)
                found = new TreeMap<>(found.headMap(inDatabase.getLast().key(), true));
            for (Entry it : inDatabase) found.put(it.key(), it);
        } catch (MongoException _) {
            throw away();
        }
        return first(found.values().stream(), limit);
    }

    private boolean isWhole(String project, Map<String, Entry> entries) {
        String first = "proposal/" + project + "/1";
        return !partlyStored.contains(project)
                && entries.values().stream().anyMatch(it -> it.position().equals(first));
    }

    private static List<Entry> first(Stream<Entry> entries, int limit) {
        return entries.limit(limit).toList();
    }

    private static Refused.Busy away() {
        return new Refused.Busy("What happened to this project is in the database, which is away; ask again later.");
    }

    private void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException _) {
            running = false;
        }
    }

    @Override
    public void close() {
        running = false;
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
