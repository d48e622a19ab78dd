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

/// Finds the outboxes that a crash left behind, of this copy or of another, at start and every few seconds.
///
/// Several copies may sweep at once: the same event sent twice is the same bytes. A sweep costs an index lookup where
/// the
/// database has real indexes; where it is a scan, the pause grows to a hundred times what the last sweep took.
final class Sweep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final MongoOperations mongo;
    private final Relay relay;
    private final Supplier<Collection<Class<?>>> aggregates;
    private volatile boolean running;

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
        BasicQuery query = new BasicQuery(filter, new Document("outbox", 1));
        return mongo.stream(query, Outbox.class, collection).map(it -> new Unsent(collection, it.id(), it.entries()));
    }

    private void work() {
        while (running) {
            long before = System.nanoTime();
            try {
                for (Class<?> type : aggregates.get()) sweep(mongo.getCollectionName(type));
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Outboxes cannot be swept now: {}", e.getMessage());
            }
            LockSupport.parkNanos(Math.max(PAUSE.toNanos(), 100 * (System.nanoTime() - before)));
        }
    }

    private void sweep(String collection) throws InterruptedException {
        Document filled = new Document("outbox.sequence", new Document("$gte", 1L));
        try (Stream<Unsent> found = find(mongo, collection, filled)) {
            for (Unsent unsent : (Iterable<Unsent>) found::iterator) relay.found(unsent);
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().daemon().name("relay-sweep").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
