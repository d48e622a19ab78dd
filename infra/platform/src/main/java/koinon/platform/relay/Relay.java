package koinon.platform.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import koinon.platform.document.Outlet;
import koinon.platform.model.Aggregate;
import koinon.platform.model.OutboxEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Sends outboxes to the topic of this service: right after a save, and what a crash left behind when the sweep finds
/// it.
///
/// An aggregate always goes through the same lane, a thread with a queue, so its events are handed to the producer in
/// order;
/// the producer keeps that order. No request waits here: what does not fit into a lane is left to the sweep. A crash
/// between
/// acknowledgement and pulling sends the same bytes again, which readers do not notice.
final class Relay implements Outlet, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int LANES = 2;
    private static final int LANE_CAPACITY = 10_000;
    private static final int MOST_IDLE_FLIGHTS = 50_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final String topic;
    private final Producer<String, byte[]> producer;
    private final Topic readiness;
    private final Puller puller;
    private final Function<Unsent, @Nullable Unsent> reload;
    private final Function<Class<?>, String> collections;
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong depth = new AtomicLong();
    private final List<BlockingQueue<Unsent>> lanes;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("relay-later").factory());
    private volatile boolean running;
    private List<Thread> threads = List.of();

    /// @param reload reads the outbox of an aggregate as it is stored now; absent when it has none
    /// @param collections the collection of an aggregate class
    Relay(
            String topic,
            Producer<String, byte[]> producer,
            Topic readiness,
            Puller puller,
            Function<Unsent, @Nullable Unsent> reload,
            Function<Class<?>, String> collections) {
        this.topic = topic;
        this.producer = producer;
        this.readiness = readiness;
        this.puller = puller;
        this.reload = reload;
        this.collections = collections;
        this.lanes = IntStream.range(0, LANES)
                .<BlockingQueue<Unsent>>mapToObj(_ -> new ArrayBlockingQueue<>(LANE_CAPACITY))
                .toList();
    }

    @Override
    public void saved(Aggregate<?> aggregate) {
        List<OutboxEntry> outbox = aggregate.outbox();
        if (outbox.isEmpty()) return;
        var unused =
                lane(aggregate.id()).offer(new Unsent(collections.apply(aggregate.getClass()), aggregate.id(), outbox));
    }

    /// What the sweep found; waits for a place in the lane.
    void found(Unsent unsent) throws InterruptedException {
        lane(unsent.id()).put(unsent);
    }

    /// Events that this copy has taken on and the broker has not acknowledged.
    long depth() {
        return depth.get();
    }

    private BlockingQueue<Unsent> lane(String id) {
        return lanes.get(Math.floorMod(id.hashCode(), LANES));
    }

    private void work(BlockingQueue<Unsent> lane) {
        try {
            readiness.await();
            while (running) {
                @Nullable Unsent next = lane.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) send(next);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Unsent unsent) {
        if (flights.size() > MOST_IDLE_FLIGHTS) flights.values().removeIf(Flight::isIdle);
        Flight flight = flights.computeIfAbsent(unsent.subject(), _ -> new Flight());
        // A save that raced with pulling may have brought back what is on the topic already.
        if (unsent.entries().getFirst().sequence() <= flight.acknowledgedUpTo())
            puller.pull(unsent.collection(), unsent.id(), flight.acknowledgedUpTo());
        for (OutboxEntry entry : flight.take(unsent.entries())) {
            depth.incrementAndGet();
            if (flight.isStopped()) {
                answered(unsent, flight, entry, new IllegalStateException("one before it was not sent"));
                continue;
            }
            try {
                var _ = producer.send(
                        record(unsent.id(), entry), (_, failure) -> answered(unsent, flight, entry, failure));
            } catch (RuntimeException e) {
                answered(unsent, flight, entry, e);
            }
        }
    }

    private void answered(Unsent unsent, Flight flight, OutboxEntry entry, @Nullable Exception failure) {
        depth.decrementAndGet();
        if (failure == null) {
            flight.acknowledged(entry.sequence());
            puller.pull(unsent.collection(), unsent.id(), flight.acknowledgedUpTo());
        } else {
            LOG.warn("Not sent, will be sent again: {}: {}", entry.headers().get("ce_id"), failure.toString());
            flight.failed();
        }
        if (flight.recovers() && running) {
            var _ = later.schedule(() -> again(unsent), PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void again(Unsent unsent) {
        try {
            @Nullable Unsent now = reload.apply(unsent);
            if (now != null && !lane(now.id()).offer(now))
                LOG.debug("The lane is full; the sweep will find {}", now.id());
        } catch (RuntimeException e) {
            LOG.warn("The outbox of {} cannot be read now, the sweep will find it: {}", unsent.id(), e.toString());
        }
    }

    private ProducerRecord<String, byte[]> record(String key, OutboxEntry entry) {
        var record = new ProducerRecord<>(topic, key, entry.data().getBytes(StandardCharsets.UTF_8));
        entry.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    @Override
    public void start() {
        running = true;
        threads = lanes.stream()
                .map(it -> Thread.ofPlatform().daemon().name("relay-", 0).start(() -> work(it)))
                .toList();
    }

    /// Lets what is in flight arrive for a short while; what does not stays in its outbox.
    @Override
    public void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        later.shutdownNow();
        producer.close(Duration.ofSeconds(5));
        puller.flush();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before whatever writes aggregates, and stopped after it.
    @Override
    public int getPhase() {
        return 0;
    }
}
