package koinon.platform.verification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import koinon.platform.inbox.Message;
import koinon.platform.model.Aggregate;
import koinon.platform.model.DomainEvent;
import koinon.platform.model.OutboxEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One verification of a service while it goes on: what is stored against what was published.
///
/// An event is stored before it is published. So a topic is read to its end, then what is stored, and what is stored
/// is at least as far; then the topic is read on, until it is as far as what was stored. Now both are of one moment,
/// and have to be equal. An aggregate whose newest events the broker does not have in time is reported as not compared.
///
/// A topic is read a partition at a time, and only one partition's aggregates are held.
final class Verification {

    private static final int ROUNDS = 5;
    private static final int BATCH = 200;
    private static final int MOST_FIELDS = 5;

    private final Log log;
    private final Stored stored;
    private final List<Proof> proofs;
    private final Duration pause;
    private final Findings findings = new Findings();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Long> published = new HashMap<>();
    private final Set<String> strangers = new HashSet<>();

    /// @param pause how long what was just stored may take to reach the topic; each further look waits twice as long
    Verification(Log log, Stored stored, List<Proof> proofs, Duration pause) {
        this.log = log;
        this.stored = stored;
        this.proofs = proofs;
        this.pause = pause;
    }

    /// The highest number of a subject that somebody here has heard.
    private record Seen(long sequence, String by) {

        static Seen later(Seen one, Seen other) {
            return one.sequence() >= other.sequence() ? one : other;
        }
    }

    /// An aggregate that is to be compared.
    private record Open(TopicPartition partition, String subject, Life life) {}

    /// @param own the topic of this service
    /// @param heard the topics that it hears
    Findings.Report of(String own, Collection<String> heard) {
        proofs.forEach(Proof::begin);
        try (Stream<Stored.Trace> traces = stored.traces()) {
            traces.forEach(this::expect);
        }
        List<Open> open = new ArrayList<>();
        for (TopicPartition it : log.partitions(own)) open.addAll(compareAll(it));
        for (int round = 1; round <= ROUNDS && !open.isEmpty(); round++) open = compareAgain(open, round);
        heard.stream()
                .filter(it -> !it.equals(own))
                .flatMap(it -> log.partitions(it).stream())
                .forEach(it -> log.readOn(it, record -> read(record, this::isThere)));
        published.forEach((subject, number) -> findings.differs(
                subject, "It is stored with " + number + " published events, and the topic has none of them."));
        seen.forEach((subject, it) -> findings.differs(
                subject, it.by() + " has heard its event " + it.sequence() + ", and the topic does not have it."));
        proofs.forEach(it -> it.conclude(findings));
        return findings.report();
    }

    private void expect(Stored.Trace trace) {
        if (trace.published() > 0) published.put(trace.subject(), trace.published());
        trace.seen().forEach((subject, number) -> seen.merge(subject, new Seen(number, trace.subject()), Seen::later));
    }

    /// Reads a partition to its end and compares what it tells of.
    ///
    /// @return what has to be looked at again
    private List<Open> compareAll(TopicPartition partition) {
        Map<String, Life> lives = new HashMap<>();
        log.readOn(
                partition,
                record -> read(record, event -> {
                    isThere(event);
                    String subject = event.heard().subject();
                    if (!stored.has(kindOf(subject))) stranger(subject);
                    else tell(lives.computeIfAbsent(subject, this::born), event);
                }));
        lives.keySet().forEach(published::remove);
        findings.checked("aggregates", lives.size());
        List<Open> all = new ArrayList<>();
        lives.forEach((subject, life) -> all.add(new Open(partition, subject, life)));
        List<Open> again = new ArrayList<>();
        // Some at a time, for beside what is folded there is little room; what is found later is at least as far.
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Open> some = all.subList(from, Math.min(all.size(), from + BATCH));
            again.addAll(compare(some, find(some), 0));
        }
        return again;
    }

    /// Looks again at what was ahead of its topic or behind it.
    private List<Open> compareAgain(List<Open> open, int round) {
        Map<String, Aggregate<DomainEvent>> now = find(open);
        LockSupport.parkNanos(pause.multipliedBy(1L << (round - 1)).toNanos());
        Map<TopicPartition, List<Open>> byPartition = open.stream().collect(Collectors.groupingBy(Open::partition));
        byPartition.forEach((partition, some) -> {
            Map<String, Life> lives = some.stream().collect(Collectors.toMap(Open::subject, Open::life));
            log.readOn(
                    partition,
                    record -> read(record, event -> {
                        isThere(event);
                        @Nullable Life life = lives.get(event.heard().subject());
                        if (life != null
                                && !isOfOneMoment(life, now.get(event.heard().subject()))) tell(life, event);
                    }));
        });
        return compare(open, now, round);
    }

    private static boolean isOfOneMoment(Life life, @Nullable Aggregate<?> stored) {
        return stored != null && stored.sequence() == life.sequence();
    }

    private static boolean isBehind(Life life, @Nullable Aggregate<?> stored) {
        return stored == null || stored.sequence() < life.sequence();
    }

    private void read(ConsumerRecord<String, byte[]> record, Consumer<Message> reader) {
        try {
            reader.accept(Message.of(record));
        } catch (Message.Unreadable _) {
            // Nothing is stored because of it: whoever hears it sets it aside.
            findings.checked("unreadable", 1);
        }
    }

    private void isThere(Message event) {
        seen.computeIfPresent(
                event.heard().subject(), (_, it) -> event.heard().sequence() >= it.sequence() ? null : it);
    }

    private void stranger(String subject) {
        if (strangers.add(subject))
            findings.differs(subject, "The topic has events of it, and nothing of its kind is stored here.");
    }

    private Life born(String subject) {
        return new Life(stored.fresh(kindOf(subject), idOf(subject)));
    }

    private void tell(Life life, Message event) {
        if (!life.takes(event)) return;
        findings.checked("events", 1);
        proofs.forEach(it -> it.happened(event, findings));
    }

    private Map<String, Aggregate<DomainEvent>> find(List<Open> open) {
        Map<String, Aggregate<DomainEvent>> found = new HashMap<>();
        Map<String, List<String>> ids = open.stream()
                .map(Open::subject)
                .collect(Collectors.groupingBy(
                        Verification::kindOf, Collectors.mapping(Verification::idOf, Collectors.toList())));
        ids.forEach((kind, all) -> {
            for (int from = 0; from < all.size(); from += BATCH)
                stored.find(kind, all.subList(from, Math.min(all.size(), from + BATCH)))
                        .forEach((id, it) -> found.put(kind + "/" + id, it));
        });
        return found;
    }

    /// @return what may still become equal: what is ahead of its topic, and what is behind it at the first sight
    private List<Open> compare(List<Open> open, Map<String, Aggregate<DomainEvent>> now, int round) {
        List<Open> again = new ArrayList<>();
        for (Open it : open) {
            @Nullable Aggregate<DomainEvent> aggregate = now.get(it.subject());
            @Nullable String flaw = it.life().flaw();
            if (flaw != null) findings.differs(it.subject(), flaw);
            else if (aggregate != null && isOfOneMoment(it.life(), aggregate)) compare(it, aggregate);
            else if (round < (isBehind(it.life(), aggregate) ? 1 : ROUNDS)) again.add(it);
            else judge(it, aggregate);
        }
        return again;
    }

    private void compare(Open it, Aggregate<DomainEvent> aggregate) {
        List<String> fields =
                Comparison.of(stored.facts(aggregate), stored.facts(it.life().folded()));
        if (fields.isEmpty()) proofs.forEach(proof -> proof.stored(aggregate, findings));
        else
            findings.differs(
                    it.subject(), fields.stream().limit(MOST_FIELDS).collect(Collectors.joining("; ", "", ".")));
    }

    /// Says how far apart an aggregate and its topic stay.
    private void judge(Open it, @Nullable Aggregate<DomainEvent> aggregate) {
        long told = it.life().sequence();
        if (aggregate == null)
            findings.differs(it.subject(), "The topic has " + told + " events of it, and it is not stored.");
        else if (aggregate.sequence() < told)
            findings.differs(
                    it.subject(),
                    "It is stored with " + aggregate.sequence() + " events, and the topic has " + told
                            + ": the database was restored from an older backup, or lost what was written.");
        else if (isUnsent(aggregate, told))
            findings.notCompared(
                    it.subject(),
                    "Its last events wait to be sent: the topic has " + told + " of " + aggregate.sequence() + ".");
        else
            findings.differs(
                    it.subject(),
                    "It is stored with " + aggregate.sequence() + " events, and the topic has " + told
                            + "; what is missing there does not wait in its outbox.");
    }

    /// Whether all that is not on the topic waits to be sent.
    private static boolean isUnsent(Aggregate<?> aggregate, long told) {
        List<Long> waiting = aggregate.outbox().stream()
                .map(OutboxEntry::sequence)
                .filter(it -> it > told)
                .toList();
        return waiting.equals(
                LongStream.rangeClosed(told + 1, aggregate.sequence()).boxed().toList());
    }

    private static String kindOf(String subject) {
        return subject.substring(0, subject.indexOf('/'));
    }

    private static String idOf(String subject) {
        return subject.substring(subject.indexOf('/') + 1);
    }
}
