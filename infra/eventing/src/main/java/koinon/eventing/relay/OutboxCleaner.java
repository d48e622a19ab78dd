package koinon.eventing.relay;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;

/// Removes acknowledged entries from the outboxes of idle aggregates, in bulk and without raising their version. The
/// entries of an aggregate that changes again leave its outbox with that save, so that they cost no write of their
/// own.
///
/// Only an acknowledged prefix is removed. After a crash, entries that were not removed are sent again and removed
/// then.
final class OutboxCleaner {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxCleaner.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /// A bulk is answered well within the time limit of the database.
    private static final int MOST_AT_ONCE = 200;

    private final MongoOperations mongo;
    private final Duration idle;
    private final ReentrantLock flushing = new ReentrantLock();
    /// By subject, the longest idle first.
    private final Map<String, Acknowledged> waiting = new LinkedHashMap<>();

    /// An outbox with entries to remove.
    ///
    /// @param upTo the sequence up to which its entries are on the topic
    /// @param since [System#nanoTime] of the last acknowledgement
    private record Acknowledged(PendingOutbox outbox, long upTo, long since) {}

    /// @param idle how long an aggregate has no event before its outbox is cleaned
    OutboxCleaner(MongoOperations mongo, Duration idle) {
        this.mongo = mongo;
        this.idle = idle;
    }

    /// Everything of this aggregate up to a sequence is on the topic.
    void acknowledged(PendingOutbox address, long upTo) {
        if (upTo == 0) return;
        synchronized (waiting) {
            Acknowledged before = waiting.remove(address.subject());
            long most = before == null ? upTo : Math.max(upTo, before.upTo());
            waiting.put(address.subject(), new Acknowledged(address, most, System.nanoTime()));
        }
    }

    /// An aggregate was saved with this outbox, which has no entries before its first one.
    void saved(PendingOutbox outbox) {
        synchronized (waiting) {
            waiting.computeIfPresent(
                    outbox.subject(),
                    (_, it) -> outbox.entries().stream().anyMatch(entry -> entry.sequence() <= it.upTo()) ? it : null);
        }
    }

    /// Removes the entries of idle aggregates.
    ///
    /// @return the pause before the next time
    Duration clean() {
        removeIdleFor(idle);
        return PAUSE;
    }

    /// Removes the entries that wait now. When it returns, all entries that waited before are removed, also by
    /// other threads.
    void flush() {
        removeIdleFor(Duration.ZERO);
    }

    private void removeIdleFor(Duration least) {
        flushing.lock();
        try {
            takeIdleFor(least).stream()
                    .collect(Collectors.groupingBy(it -> it.outbox().collection()))
                    .forEach(this::remove);
        } finally {
            flushing.unlock();
        }
    }

    private List<Acknowledged> takeIdleFor(Duration least) {
        List<Acknowledged> taken = new ArrayList<>();
        long latest = System.nanoTime() - least.toNanos();
        synchronized (waiting) {
            for (Acknowledged it : waiting.values()) {
                if (it.since() - latest > 0) break;
                taken.add(it);
            }
            taken.forEach(it -> waiting.remove(it.outbox().subject()));
        }
        return taken;
    }

    private void remove(String collection, List<Acknowledged> all) {
        try {
            for (int from = 0; from < all.size(); from += MOST_AT_ONCE)
                mongo.getCollection(collection)
                        .bulkWrite(
                                all.subList(from, Math.min(from + MOST_AT_ONCE, all.size())).stream()
                                        .map(OutboxCleaner::removal)
                                        .toList(),
                                new BulkWriteOptions().ordered(false));
        } catch (RuntimeException e) {
            LOG.warn("event=outbox.cleaning-retry cause=\"{}\"", e.getMessage());
            all.forEach(it -> acknowledged(it.outbox(), it.upTo()));
        }
    }

    private static UpdateOneModel<Document> removal(Acknowledged it) {
        return new UpdateOneModel<>(
                new Document("_id", it.outbox().id()),
                new Document(
                        "$pull", new Document("outbox", new Document("sequence", new Document("$lte", it.upTo())))));
    }
}
