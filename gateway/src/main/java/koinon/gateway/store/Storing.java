package koinon.gateway.store;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.List;
import koinon.gateway.picture.Picture;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The thread that stores a picture behind: what changed since the last round, each source once, and then the offsets
/// that this contains. While the database is away it waits, and what changes is stored when it is back.
final class Storing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Storing.class);

    private final Picture picture;
    private final Store store;
    private final Duration pause;
    private final Thread thread;
    private volatile @Nullable Generation generation;
    private volatile Offsets stored;
    /// What was written last and is not within what is known to be stored.
    private @Nullable Source written;
    private boolean away;
    private volatile boolean running = true;

    /// @param generation absent for the one that serves, which is not known while the database is away
    Storing(Picture picture, Store store, @Nullable Generation generation, Duration pause) {
        this.picture = picture;
        this.store = store;
        this.generation = generation;
        this.stored = picture.upTo();
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("storing").start(this::work);
    }

    private void work() {
        while (running) {
            try {
                round();
                if (away) LOG.info("Statuses are stored again.");
                away = false;
            } catch (MongoException | DataAccessException e) {
                if (!away) LOG.warn("Statuses are not stored for now: {}", e.getMessage());
                away = true;
            } catch (RuntimeException e) {
                if (!away) LOG.error("Statuses are not stored for now.", e);
                away = true;
            }
            pause();
        }
    }

    private void round() {
        Generation into = generation == null ? store.serving() : generation;
        generation = into;
        Offsets upTo = picture.upTo();
        Offsets known = store.offsets(into);
        if (!known.contain(stored) || isLost(into)) {
            LOG.warn("The database is older than what was stored in it; all statuses are stored again.");
            picture.forgetStored();
            stored = known;
        }
        write(into, picture.takeUnstored(), known);
        if (!known.contain(upTo)) store.advance(into, upTo);
        written = null;
        stored = known.with(upTo);
    }

    /// What was written before one of them failed stays written: the next round goes on from there.
    private void write(Generation into, List<Source> changed, Offsets known) {
        int done = 0;
        try {
            for (; done < changed.size(); done += Store.BULK) {
                // What another copy has stored is as good.
                List<Source> some = changed.subList(done, Math.min(changed.size(), done + Store.BULK)).stream()
                        .filter(it -> !known.contain(it.place(), it.offset()))
                        .toList();
                store.write(into, some);
                if (!some.isEmpty()) written = some.getLast();
            }
        } catch (RuntimeException e) {
            picture.putBack(changed.subList(done, changed.size()));
            throw e;
        }
    }

    private boolean isLost(Generation into) {
        @Nullable Source last = written;
        if (last == null) return false;
        @Nullable Source there = store.find(into, List.of(last.subject())).get(last.subject());
        return there == null || there.sequence() < last.sequence();
    }

    /// Where it is stored; absent while that is not known.
    @Nullable
    Generation generation() {
        return generation;
    }

    /// The collection of its timelines; absent while that is not known.
    @Nullable
    String history() {
        Generation known = generation;
        return known == null ? null : known.history();
    }

    /// Everything up to these offsets is stored.
    Offsets stored() {
        return stored;
    }

    private void pause() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            running = false;
        }
    }

    /// Ends without waiting for what is not stored: a start reads it again.
    @Override
    public void close() {
        running = false;
        thread.interrupt();
    }
}
