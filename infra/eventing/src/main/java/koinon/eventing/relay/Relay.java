package koinon.eventing.relay;

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
import koinon.eventing.document.OutboxListener;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.OutboxEntry;
import koinon.eventing.worker.BackgroundWorker;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Sends outboxes to the topic of this service: after each save, and the outboxes that [OutboxRecovery] finds after
/// a crash or an outage.
///
/// Saved aggregates have a thread and a queue of their own, so that they never wait for a backlog, which is sent by
/// the recovery's thread with a bounded window. No request blocks here: aggregates that do not fit into the queue
/// are left to the recovery. Only one thread at a time hands over events of an aggregate, lowest sequence first,
/// and the producer keeps that order. After a crash between acknowledgement and removal the same bytes are sent
/// again, which readers ignore.
final class Relay implements OutboxListener, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long MOST_QUEUED_CHARACTERS = 8_000_000;
    private static final int MOST_SWEPT_IN_FLIGHT = 1_000;
    private static final int SWEPT_AT_ONCE = 100;
    private static final int MOST_IDLE_FLIGHTS = 50_000;

    private final String topic;
    private final Sender sender;
    private final PublishedTopic readiness;
    private final OutboxCleaner cleaner;
    private final Function<PendingOutbox, @Nullable PendingOutbox> reload;
    private final Function<Class<?>, String> collections;
    private final Map<String, InFlight> inFlightBySubject = new ConcurrentHashMap<>();
    private final Object[] locks = Stream.generate(Object::new).limit(256).toArray();
    private final AtomicLong depth = new AtomicLong();
    private final BlockingQueue<PendingOutbox> saved = new LinkedBlockingQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicBoolean left = new AtomicBoolean();
    private final Semaphore window = new Semaphore(MOST_SWEPT_IN_FLIGHT);
    private volatile ScheduledExecutorService later = timer();
    private final BackgroundWorker worker = new BackgroundWorker("relay", this::sendNext);
    private volatile boolean running;

    /// @param reload reads the outbox of an aggregate as it is stored now; absent when it has none
    /// @param collections the collection of an aggregate class
    Relay(
            String topic,
            Sender sender,
            PublishedTopic readiness,
            OutboxCleaner cleaner,
            Function<PendingOutbox, @Nullable PendingOutbox> reload,
            Function<Class<?>, String> collections) {
        this.topic = topic;
        this.sender = sender;
        this.readiness = readiness;
        this.cleaner = cleaner;
        this.reload = reload;
        this.collections = collections;
    }

    @Override
    public void saved(Aggregate<?> aggregate) {
        PendingOutbox outbox =
                new PendingOutbox(collections.apply(aggregate.getClass()), aggregate.id(), aggregate.outbox());
        cleaner.saved(outbox);
        if (!outbox.entries().isEmpty()) queue(outbox);
    }

    @Override
    public long acknowledgedUpTo(Aggregate<?> aggregate) {
        @Nullable
        InFlight known =
                inFlightBySubject.get(PendingOutbox.subject(collections.apply(aggregate.getClass()), aggregate.id()));
        return known == null ? 0 : known.acknowledgedUpTo();
    }

    private void queue(PendingOutbox unsent) {
        long weight = unsent.weight();
        if (queued.addAndGet(weight) <= MOST_QUEUED_CHARACTERS) {
            saved.add(unsent);
        } else {
            queued.addAndGet(-weight);
            left.set(true);
        }
    }

    /// Sends an outbox that the recovery found. Blocks while too many recovered events are in flight.
    ///
    /// @return how many of its events were handed to the producer now
    int found(PendingOutbox unsent) throws InterruptedException {
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

    /// Waits until all recovered events are answered, and removes the acknowledged ones from their outboxes.
    void settle() throws InterruptedException {
        window.acquire(MOST_SWEPT_IN_FLIGHT);
        window.release(MOST_SWEPT_IN_FLIGHT);
        cleaner.flush();
    }

    /// Whether an aggregate was left to the recovery since the last call.
    boolean hasLeftSome() {
        return left.getAndSet(false);
    }

    /// The number of events that this instance has taken and the broker has not acknowledged.
    long depth() {
        return depth.get();
    }

    private Duration sendNext() throws InterruptedException {
        readiness.await();
        PendingOutbox next = saved.take();
        queued.addAndGet(-next.weight());
        try {
            var _ = send(next, Integer.MAX_VALUE, () -> {});
        } catch (RuntimeException e) {
            // One outbox that cannot be read must not delay the others.
            LOG.error("event=outbox.failed subject={}", next.subject(), e);
        }
        return Duration.ZERO;
    }

    /// @param answered runs after each of them was answered
    /// @return how many were handed to the producer
    private int send(PendingOutbox unsent, int atMost, Runnable answered) {
        PendingOutbox address = unsent.address();
        synchronized (locks[Math.floorMod(address.subject().hashCode(), locks.length)]) {
            List<OutboxEntry> taken = new ArrayList<>();
            // Taken inside, so that no flight is forgotten as idle between finding it and taking.
            InFlight inFlight = inFlightBySubject.compute(address.subject(), (_, known) -> {
                InFlight it = known == null ? new InFlight() : known;
                // A save that raced with pulling may have brought back what is on the topic already.
                if (unsent.entries().getFirst().sequence() <= it.acknowledgedUpTo())
                    cleaner.acknowledged(address, it.acknowledgedUpTo());
                taken.addAll(it.take(unsent.entries(), atMost));
                return it;
            });
            depth.addAndGet(taken.size());
            for (OutboxEntry entry : taken) {
                long sequence = entry.sequence();
                sender.send(record(address.id(), entry), inFlight::isStopped, failure -> {
                    answered(address, inFlight, sequence, failure);
                    answered.run();
                });
            }
            return taken.size();
        }
    }

    private void answered(PendingOutbox address, InFlight inFlight, long sequence, @Nullable Exception failure) {
        depth.decrementAndGet();
        boolean last;
        if (failure == null) {
            last = inFlight.acknowledged(sequence);
            cleaner.acknowledged(address, inFlight.acknowledgedUpTo());
        } else {
            LOG.warn(
                    "event=outbox.retry subject={} sequence={} cause=\"{}\"",
                    address.subject(),
                    sequence,
                    failure.toString());
            last = inFlight.failed();
        }
        if (last && running) {
            var _ = later.schedule(
                    () -> again(address, inFlight), inFlight.pause().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void again(PendingOutbox address, InFlight inFlight) {
        inFlight.resume();
        try {
            @Nullable PendingOutbox now = reload.apply(address);
            if (now != null) queue(now);
        } catch (RuntimeException e) {
            LOG.warn("event=outbox.unreadable subject={} cause=\"{}\"", address.subject(), e.toString());
            left.set(true);
        }
    }

    private void forgetIdleFlights() {
        if (inFlightBySubject.size() <= MOST_IDLE_FLIGHTS) return;
        for (String subject : inFlightBySubject.keySet())
            inFlightBySubject.computeIfPresent(subject, (_, inFlight) -> inFlight.isIdle() ? null : inFlight);
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

    /// May be called after a stop. Sending then starts from the stored outboxes, because events in flight may or
    /// may not have arrived.
    @Override
    public void start() {
        if (later.isShutdown()) later = timer();
        inFlightBySubject.clear();
        sender.open();
        running = true;
        worker.start();
        var _ = later.scheduleWithFixedDelay(this::forgetIdleFlights, 10, 10, TimeUnit.SECONDS);
    }

    /// Waits a short time for events in flight; the others stay in their outboxes.
    @Override
    public void stop() {
        running = false;
        worker.stop();
        later.shutdownNow();
        sender.close(Duration.ofSeconds(5));
        cleaner.flush();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return RelayConfiguration.RELAY_PHASE;
    }
}
