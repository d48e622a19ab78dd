package koinon.platform.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import koinon.platform.document.Outlet;
import koinon.platform.model.Aggregate;
import koinon.platform.model.OutboxEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Sends outboxes to the topic of this service: right after a save, and what a crash or an outage left behind when
/// the sweep finds it.
///
/// What was just saved has a thread and a queue of its own and never waits for what is swept: that comes by the
/// sweep's thread, a window of it at a time. No request waits here: what the queue has no room for is left to the
/// sweep. Of one aggregate only one thread hands events on at a time, lowest number first, and the producer keeps
/// that order. A crash between acknowledgement and pulling sends the same bytes again, which readers do not notice.
final class Relay implements Outlet, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long MOST_QUEUED_CHARACTERS = 8_000_000;
    private static final int MOST_SWEPT_IN_FLIGHT = 1_000;
    private static final int SWEPT_AT_ONCE = 100;
    private static final int MOST_IDLE_FLIGHTS = 50_000;

    private final String topic;
    private final Sender sender;
    private final Topic readiness;
    private final Puller puller;
    private final Function<Unsent, @Nullable Unsent> reload;
    private final Function<Class<?>, String> collections;
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();
    private final Object[] turns = Stream.generate(Object::new).limit(256).toArray();
    private final AtomicLong depth = new AtomicLong();
    private final BlockingQueue<Unsent> saved = new LinkedBlockingQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicBoolean left = new AtomicBoolean();
    private final Semaphore window = new Semaphore(MOST_SWEPT_IN_FLIGHT);
    private volatile ScheduledExecutorService later = timer();
    private volatile boolean running;
    private @Nullable Thread thread;

    /// @param reload reads the outbox of an aggregate as it is stored now; absent when it has none
    /// @param collections the collection of an aggregate class
    Relay(
            String topic,
            Sender sender,
            Topic readiness,
            Puller puller,
            Function<Unsent, @Nullable Unsent> reload,
            Function<Class<?>, String> collections) {
        this.topic = topic;
        this.sender = sender;
        this.readiness = readiness;
        this.puller = puller;
        this.reload = reload;
        this.collections = collections;
    }

    @Override
    public void saved(Aggregate<?> aggregate) {
        List<OutboxEntry> outbox = aggregate.outbox();
        if (!outbox.isEmpty()) queue(new Unsent(collections.apply(aggregate.getClass()), aggregate.id(), outbox));
    }

    private void queue(Unsent unsent) {
        long weight = unsent.weight();
        if (queued.addAndGet(weight) <= MOST_QUEUED_CHARACTERS) {
            saved.add(unsent);
        } else {
            queued.addAndGet(-weight);
            left.set(true);
        }
    }

    /// What the sweep found; waits while too much of what was swept is in flight.
    ///
    /// @return how many of its events were handed on, and not by others before
    int found(Unsent unsent) throws InterruptedException {
        readiness.await();
        int all = 0;
        while (running) {
            window.acquire(SWEPT_AT_ONCE);
            int sent = 0;
            try {
                sent = send(unsent, SWEPT_AT_ONCE, window::release);
            } finally {
                window.release(SWEPT_AT_ONCE - sent);
            }
            all += sent;
            if (sent < SWEPT_AT_ONCE) break;
        }
        return all;
    }

    /// Waits until all that the sweep found is answered, and takes out of the outboxes what the broker has.
    void settle() throws InterruptedException {
        window.acquire(MOST_SWEPT_IN_FLIGHT);
        window.release(MOST_SWEPT_IN_FLIGHT);
        puller.flush();
    }

    /// Whether something was left to the sweep since it was last asked.
    boolean hasLeftSome() {
        return left.getAndSet(false);
    }

    /// Events that this copy has taken on and the broker has not acknowledged.
    long depth() {
        return depth.get();
    }

    private void work() {
        try {
            readiness.await();
            while (running) {
                Unsent next = saved.take();
                queued.addAndGet(-next.weight());
                try {
                    var _ = send(next, Integer.MAX_VALUE, () -> {});
                } catch (RuntimeException e) {
                    // One outbox that cannot be read must not silence all others.
                    LOG.error("The outbox of {} cannot be sent", next.subject(), e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param answered runs after each of them was answered
    /// @return how many were handed on
    private int send(Unsent unsent, int atMost, Runnable answered) {
        Unsent address = unsent.address();
        synchronized (turns[Math.floorMod(address.subject().hashCode(), turns.length)]) {
            List<OutboxEntry> taken = new ArrayList<>();
            // Taken inside, so that no flight is forgotten as idle between finding it and taking.
            Flight flight = flights.compute(address.subject(), (_, known) -> {
                Flight it = known == null ? new Flight() : known;
                // A save that raced with pulling may have brought back what is on the topic already.
                if (unsent.entries().getFirst().sequence() <= it.acknowledgedUpTo())
                    puller.pull(address.collection(), address.id(), it.acknowledgedUpTo());
                taken.addAll(it.take(unsent.entries(), atMost));
                return it;
            });
            depth.addAndGet(taken.size());
            for (OutboxEntry entry : taken) {
                long sequence = entry.sequence();
                sender.send(record(address.id(), entry), flight::isStopped, failure -> {
                    answered(address, flight, sequence, failure);
                    answered.run();
                });
            }
            return taken.size();
        }
    }

    private void answered(Unsent address, Flight flight, long sequence, @Nullable Exception failure) {
        depth.decrementAndGet();
        boolean last;
        if (failure == null) {
            last = flight.acknowledged(sequence);
            puller.pull(address.collection(), address.id(), flight.acknowledgedUpTo());
        } else {
            LOG.warn("Not sent, will be sent again: {}/{}: {}", address.subject(), sequence, failure.toString());
            last = flight.failed();
        }
        if (last && running) {
            var _ = later.schedule(() -> again(address, flight), flight.pause().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void again(Unsent address, Flight flight) {
        flight.resume();
        try {
            @Nullable Unsent now = reload.apply(address);
            if (now != null) queue(now);
        } catch (RuntimeException e) {
            LOG.warn("The outbox of {} cannot be read now, the sweep will find it: {}", address.id(), e.toString());
            left.set(true);
        }
    }

    private void forgetIdleFlights() {
        if (flights.size() <= MOST_IDLE_FLIGHTS) return;
        for (String subject : flights.keySet())
            flights.computeIfPresent(subject, (_, flight) -> flight.isIdle() ? null : flight);
    }

    private ProducerRecord<String, byte[]> record(String key, OutboxEntry entry) {
        var record = new ProducerRecord<>(topic, key, entry.data().getBytes(StandardCharsets.UTF_8));
        entry.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("relay-later").factory());
    }

    /// Also after it was stopped; then from what is stored, for what was in flight may have arrived or not.
    @Override
    public void start() {
        if (later.isShutdown()) later = timer();
        flights.clear();
        sender.open();
        running = true;
        thread = Thread.ofPlatform().daemon().name("relay").start(this::work);
        var _ = later.scheduleWithFixedDelay(this::forgetIdleFlights, 10, 10, TimeUnit.SECONDS);
    }

    /// Lets what is in flight arrive for a short while; what does not stays in its outbox.
    @Override
    public void stop() {
        running = false;
        if (thread != null) thread.interrupt();
        later.shutdownNow();
        sender.close(Duration.ofSeconds(5));
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
