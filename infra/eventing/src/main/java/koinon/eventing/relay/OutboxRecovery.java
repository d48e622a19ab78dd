package koinon.eventing.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Query;

/// Finds outboxes that a crash of this or another instance left behind. A worker does so at start and every few
/// seconds.
///
/// Several instances may do so at the same time, because an event that is sent twice has the same bytes. The first run
/// of an instance takes every outbox, later ones take those with an entry that is old enough to have been left
/// behind: a younger one is being sent, or removed, by the instance that saved it. A run is an index lookup where the
/// database has real indexes ([koinon.eventing.model.OutboxEntry] declares the index).
/// Where it is a scan, the pause grows to a hundred times the duration of a run that found nothing, and at most to
/// half a minute.
///
/// A backlog is sent in portions. Each is removed from the outboxes before the next one is read, so that no process
/// holds a large backlog in memory.
final class OutboxRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRecovery.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int PORTION = 500;
    private static final int BATCH = 25;

    private final MongoOperations mongo;
    private final Relay relay;
    private final Supplier<Collection<Class<?>>> aggregates;
    private final Clock clock;
    private final Duration leftBehind;
    private boolean hasRun;

    /// @param found aggregates with entries in their outbox
    /// @param sent events that were not in flight already
    private record Portion(int found, int sent) {}

    /// @param aggregates the classes of the aggregates that are stored here
    /// @param clock that gives events their time
    /// @param leftBehind the age of an entry that no instance is about to send or to remove
    OutboxRecovery(
            MongoOperations mongo,
            Relay relay,
            Supplier<Collection<Class<?>>> aggregates,
            Clock clock,
            Duration leftBehind) {
        this.mongo = mongo;
        this.relay = relay;
        this.aggregates = aggregates;
        this.clock = clock;
        this.leftBehind = leftBehind;
    }

    /// The outbox of one aggregate as it is stored now; absent when it is empty.
    static @Nullable PendingOutbox reload(MongoOperations mongo, PendingOutbox old) {
        try (Stream<PendingOutbox> found = find(mongo, old.collection(), new Document("_id", old.id()))) {
            return found.filter(it -> !it.entries().isEmpty()).findFirst().orElse(null);
        }
    }

    private static Stream<PendingOutbox> find(MongoOperations mongo, String collection, Document filter) {
        Query query =
                new BasicQuery(filter, new Document("outbox", 1)).limit(PORTION).cursorBatchSize(BATCH);
        return mongo.stream(query, Outbox.class, collection)
                .map(it -> new PendingOutbox(collection, it.id(), it.entries()));
    }

    /// Sends what is left behind now.
    ///
    /// @return the pause before the next time
    Duration sweep() throws InterruptedException {
        long before = System.nanoTime();
        boolean hasLeftSome = relay.hasLeftSome();
        Document filled =
                hasLeftSome || !hasRun ? filled() : filledBefore(clock.instant().minus(leftBehind));
        boolean hadToSend = hasLeftSome;
        for (Class<?> type : aggregates.get()) hadToSend |= sweep(mongo.getCollectionName(type), filled);
        hasRun = true;
        // A sweep that sends waits for the broker, which says nothing about what it costs the database.
        return hadToSend ? PAUSE : pause(System.nanoTime() - before);
    }

    private static Duration pause(long took) {
        return Duration.ofNanos(Math.clamp(100 * took, PAUSE.toNanos(), LONGEST_PAUSE.toNanos()));
    }

    private static Document filled() {
        return new Document("outbox.sequence", new Document("$gte", 1L));
    }

    private static Document filledBefore(Instant time) {
        return filled().append("outbox.0.headers.ce_time", new Document("$lt", time.toString()));
    }

    /// @return whether there was something to send
    private boolean sweep(String collection, Document filled) throws InterruptedException {
        boolean hadToSend = false;
        while (true) {
            Portion portion = portion(collection, filled);
            relay.settle();
            hadToSend |= portion.sent() > 0;
            if (portion.found() < PORTION || portion.sent() == 0) return hadToSend;
        }
    }

    private Portion portion(String collection, Document filled) throws InterruptedException {
        int aggregatesFound = 0;
        int eventsSent = 0;
        try (Stream<PendingOutbox> found = find(mongo, collection, filled)) {
            for (PendingOutbox unsent : (Iterable<PendingOutbox>) found::iterator) {
                aggregatesFound++;
                eventsSent += sent(unsent);
            }
        }
        return new Portion(aggregatesFound, eventsSent);
    }

    /// An outbox that cannot be sent must not block the others.
    private int sent(PendingOutbox unsent) throws InterruptedException {
        try {
            return relay.found(unsent);
        } catch (RuntimeException e) {
            LOG.error("event=outbox.failed subject={}", unsent.subject(), e);
            return 0;
        }
    }
}
