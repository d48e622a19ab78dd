package koinon.platform.relay;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoOperations;

/// Takes acknowledged entries out of their outboxes: behind, in bulk, and without raising the version of the
/// aggregate.
///
/// Only an acknowledged prefix is taken out. What is not taken out because of a crash is sent again and taken out
/// then.
final class Puller implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Puller.class);
    private static final long PAUSE_NANOS = 5_000_000;
    /// So that a command never waits long behind them.
    private static final int MOST_AT_ONCE = 20;

    private final MongoOperations mongo;
    private final Object lock = new Object();
    private final ReentrantLock flushing = new ReentrantLock();
    private Map<String, Map<String, Long>> waiting = new HashMap<>();
    private volatile boolean running;

    Puller(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Everything of this aggregate up to a sequence is on the topic.
    void pull(String collection, String id, long upTo) {
        if (upTo == 0) return;
        synchronized (lock) {
            waiting.computeIfAbsent(collection, _ -> new HashMap<>()).merge(id, upTo, Math::max);
            lock.notifyAll();
        }
    }

    private void work() {
        while (running) {
            try {
                synchronized (lock) {
                    while (waiting.isEmpty() && running) lock.wait();
                }
            } catch (InterruptedException _) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            flush();
        }
    }

    /// Takes out what waits now; when it returns, all that waited before is taken out, also by another thread.
    void flush() {
        flushing.lock();
        try {
            Map<String, Map<String, Long>> now;
            synchronized (lock) {
                now = waiting;
                waiting = new HashMap<>();
            }
            now.forEach(this::takeOut);
        } finally {
            flushing.unlock();
        }
    }

    private void takeOut(String collection, Map<String, Long> acknowledged) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        acknowledged.forEach((id, upTo) -> writes.add(new UpdateOneModel<>(
                new Document("_id", id),
                new Document("$pull", new Document("outbox", new Document("sequence", new Document("$lte", upTo)))))));
        try {
            for (int from = 0; from < writes.size(); from += MOST_AT_ONCE) {
                List<WriteModel<Document>> some = writes.subList(from, Math.min(from + MOST_AT_ONCE, writes.size()));
                long begin = System.nanoTime();
                mongo.getCollection(collection).bulkWrite(some, new BulkWriteOptions().ordered(false));
                // Where much waits, half of the time is for others.
                if (some.size() == MOST_AT_ONCE) LockSupport.parkNanos(System.nanoTime() - begin);
            }
        } catch (RuntimeException e) {
            LOG.warn("Acknowledged events stay in their outboxes for now: {}", e.getMessage());
            acknowledged.forEach((id, upTo) -> pull(collection, id, upTo));
            LockSupport.parkNanos(200 * PAUSE_NANOS);
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().daemon().name("relay-puller").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
