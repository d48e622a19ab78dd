package koinon.bench.tally;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import koinon.bench.load.Latencies;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.document.Aggregates;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;

/// Does what a [TallyLoad] says.
final class TallyLoadRunner {

    private static final int THREADS = 8;
    private static final String TEXT = "What was counted, in as many words as people use in a reason. ".repeat(5);

    private final Aggregates aggregates;
    private final MongoTemplate mongo;
    private final String bootstrap;
    private final String topic;
    private final AtomicInteger sent = new AtomicInteger();
    private Object[] tallies = {};

    /// @param topic for what is only sent
    TallyLoadRunner(Aggregates aggregates, MongoTemplate mongo, String bootstrap, String topic) {
        this.aggregates = aggregates;
        this.mongo = mongo;
        this.bootstrap = bootstrap;
        this.topic = topic;
    }

    /// Does one and says which event came last of it.
    @FunctionalInterface
    private interface Step {
        @Nullable
        String number(int n);
    }

    TallyLoad.Done run(TallyLoad load) throws InterruptedException, ExecutionException {
        return switch (load.kind()) {
            case OPEN -> open(load);
            case COMMAND -> repeated(load, it -> command(it, load.events()));
            case SAVE -> repeated(load, this::save);
            case SEND -> send(load);
        };
    }

    private TallyLoad.Done open(TallyLoad load) throws InterruptedException, ExecutionException {
        tallies = new Object[load.count()];
        for (int n = 0; n < load.count(); n++) tallies[n] = new Object();
        return repeated(load, n -> {
            Actor by = by();
            return aggregates
                    .create(Tally.open("t" + n, by), Command.of(by))
                    .position()
                    .toString();
        });
    }

    private String command(int n, int events) {
        Actor by = by();
        return aggregates
                .change(Tally.class, id(n), Command.of(by), tally -> {
                    for (int event = 0; event < events; event++) tally.count(TEXT, by);
                })
                .position()
                .toString();
    }

    private @Nullable String save(int n) {
        // As the only writer has it, writers of one aggregate queue.
        synchronized (tallies[n % tallies.length]) {
            @Nullable Tally tally = mongo.findById(id(n), Tally.class);
            if (tally == null) throw new IllegalStateException("There is no " + id(n));
            tally.countSilently();
            mongo.save(tally);
        }
        return null;
    }

    private TallyLoad.Done send(TallyLoad load) throws InterruptedException, ExecutionException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var answers = new CountDownLatch(load.count());
            producer.partitionsFor(topic);
            long before = System.nanoTime();
            TallyLoad.Done handed = repeated(load, 1, _ -> {
                int n = sent.getAndIncrement();
                String subject = "raw/" + id(n);
                long sequence = n / tallies.length + 1L;
                var _ = producer.send(record(subject, id(n), sequence), (_, _) -> answers.countDown());
                return subject + "/" + sequence;
            });
            answers.await();
            return new TallyLoad.Done((System.nanoTime() - before) / 1e9, handed.latencies(), handed.at());
        }
    }

    /// What the relay would send for a command of this kind.
    private ProducerRecord<String, byte[]> record(String subject, String key, long sequence) {
        byte[] value = ("{\"what\":\"" + TEXT + "\",\"total\":" + sequence + "}").getBytes(UTF_8);
        var record = new ProducerRecord<>(topic, key, value);
        new TreeMap<>(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", subject + "/" + sequence,
                        "ce_source", "/koinon/tallies",
                        "ce_subject", subject,
                        "ce_type", "koinon.tally.counted.v1",
                        "ce_time", Instant.now().toString(),
                        "ce_sequence", Long.toString(sequence),
                        "ce_actor", "bench",
                        "ce_previous", "q1v5pJ3bT8mX0cZ7rLkWnHsYdFgUeAoI2iQx4yBzNtM",
                        "content-type", "application/json"))
                .forEach((name, it) -> record.headers().add(name, it.getBytes(UTF_8)));
        return record;
    }

    private TallyLoad.Done repeated(TallyLoad load, Step step) throws InterruptedException, ExecutionException {
        return repeated(load, THREADS, step);
    }

    private TallyLoad.Done repeated(TallyLoad load, int threads, Step step)
            throws InterruptedException, ExecutionException {
        Histogram took = new ConcurrentHistogram(3);
        Map<String, Long> at = new ConcurrentHashMap<>();
        var next = new AtomicInteger();
        long start = System.nanoTime();
        try (var workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Boolean>> all = workers.invokeAll(Collections.nCopies(threads, () -> {
                for (int n = next.getAndIncrement(); n < load.count(); n = next.getAndIncrement()) {
                    long due =
                            load.perSecond() == 0 ? System.nanoTime() : start + n * 1_000_000_000L / load.perSecond();
                    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime())
                        LockSupport.parkNanos(wait);
                    @Nullable String last = step.number(n);
                    // From when it was due: who comes late because the one before took long has waited too.
                    took.recordValue(System.nanoTime() - due);
                    if (load.perSecond() > 0 && last != null)
                        at.put(last, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
                }
                return true;
            }));
            for (Future<Boolean> it : all) it.get();
        }
        return new TallyLoad.Done((System.nanoTime() - start) / 1e9, Latencies.of(took), at);
    }

    private String id(int n) {
        return "t" + n % tallies.length;
    }

    private static Actor by() {
        return new Actor("bench", List.of(), null, null, Instant.now());
    }
}
