package koinon.platform.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Query;

/// Finds the outboxes that a crash left behind, of this copy or of another, at start and every few seconds.
///
/// Several copies may sweep at once: the same event sent twice is the same bytes. A sweep costs an index lookup where
/// the database has real indexes ([koinon.platform.model.OutboxEntry] declares it); where it is a scan, the pause
/// grows to a hundred times what a sweep took that had nothing to send, but to no more than half a minute.
///
/// It goes in portions, each taken out of the outboxes before the next is asked for, so that neither side ever holds
/// a large backlog in memory.
final class Sweep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int PORTION = 500;
    private static final int BATCH = 25;

    private final MongoOperations mongo;
    private final Relay relay;
    private final Supplier<Collection<Class<?>>> aggregates;
    private volatile boolean running;
    private @Nullable Thread thread;

    /// @param found aggregates with something in their outbox
    /// @param sent events of theirs that were not on their way already
    private record Portion(int found, int sent) {}

    /// @param aggregates the classes of the aggregates that are stored here
    Sweep(MongoOperations mongo, Relay relay, Supplier<Collection<Class<?>>> aggregates) {
        this.mongo = mongo;
        this.relay = relay;
        this.aggregates = aggregates;
    }

    /// The outbox of one aggregate as it is stored now; absent when it is empty.
    static @Nullable Unsent reload(MongoOperations mongo, Unsent old) {
        try (Stream<Unsent> found = find(mongo, old.collection(), new Document("_id", old.id()))) {
            return found.filter(it -> !it.entries().isEmpty()).findFirst().orElse(null);
        }
    }

    private static Stream<Unsent> find(MongoOperations mongo, String collection, Document filter) {
        Query query =
                new BasicQuery(filter, new Document("outbox", 1)).limit(PORTION).cursorBatchSize(BATCH);
        return mongo.stream(query, Outbox.class, collection).map(it -> new Unsent(collection, it.id(), it.entries()));
    }

    private void work() {
        while (running) {
            long before = System.nanoTime();
            boolean hadToSend = relay.hasLeftSome();
            try {
                for (Class<?> type : aggregates.get()) hadToSend |= sweep(mongo.getCollectionName(type));
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Outboxes cannot be swept now: {}", e.getMessage());
                hadToSend = true;
            }
            // A sweep that sends waits for the broker, which says nothing about what it costs the database.
            LockSupport.parkNanos((hadToSend ? PAUSE : pause(System.nanoTime() - before)).toNanos());
        }
    }

    private static Duration pause(long took) {
        return Duration.ofNanos(Math.clamp(100 * took, PAUSE.toNanos(), LONGEST_PAUSE.toNanos()));
    }

    /// @return whether there was something to send
    private boolean sweep(String collection) throws InterruptedException {
        boolean hadToSend = false;
        while (running) {
            Portion portion = portion(collection);
            relay.settle();
            hadToSend |= portion.sent() > 0;
            if (portion.found() < PORTION || portion.sent() == 0) break;
        }
        return hadToSend;
    }

    private Portion portion(String collection) throws InterruptedException {
        Document filled = new Document("outbox.sequence", new Document("$gte", 1L));
        int aggregatesFound = 0;
        int eventsSent = 0;
        try (Stream<Unsent> found = find(mongo, collection, filled)) {
            for (Unsent unsent : (Iterable<Unsent>) found::iterator) {
                aggregatesFound++;
                eventsSent += sent(unsent);
            }
        }
        return new Portion(aggregatesFound, eventsSent);
    }

    /// One outbox that cannot be sent must not keep all others from it.
    private int sent(Unsent unsent) throws InterruptedException {
        try {
            return relay.found(unsent);
        } catch (RuntimeException e) {
            LOG.error("The outbox of {} cannot be sent", unsent.subject(), e);
            return 0;
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("relay-sweep").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        if (thread != null) thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
