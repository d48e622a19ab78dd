package koinon.eventing.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import koinon.eventing.document.CloudEventWriter;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.OutboxEntry;
import koinon.eventing.topic.TopicLog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One verification of a service while it goes on: what is stored against what was published.
///
/// An event is stored before it is published. So a topic is read to its end, then what is stored, and what is
/// stored is at least as far; then the topic is read on, until it is as far as what was stored. Now both are of one
/// moment, and have to be equal. An aggregate whose newest events the broker does not have in time is reported as
/// not compared.
///
/// A topic is read a partition at a time, and only one partition's aggregates are held.
final class Verification {

    private static final int ROUNDS = 5;
    private static final int BATCH = 200;
    private static final int MOST_FIELDS = 5;

    private final TopicLog log;
    private final StoredAggregates stored;
    private final List<ConsistencyCheck> proofs;
    private final Duration pause;
    private final ConsistencyReport report = new ConsistencyReport();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Long> published = new HashMap<>();
    private final Set<String> unknownAggregates = new HashSet<>();

    /// @param pause how long what was just stored may take to reach the topic; each further look waits twice as
    ///     long
    Verification(TopicLog log, StoredAggregates stored, List<ConsistencyCheck> proofs, Duration pause) {
        this.log = log;
        this.stored = stored;
        this.proofs = proofs;
        this.pause = pause;
    }

    /// The highest sequence of a subject that a document of this service has seen.
    private record Seen(long sequence, String by) {

        static Seen later(Seen one, Seen other) {
            return one.sequence() >= other.sequence() ? one : other;
        }
    }

    /// An aggregate that is to be compared.
    private record Open(TopicPartition partition, String subject, ReplayedAggregate replayed) {}

    /// @param own the topic of this service
    /// @param consumed the topics that it consumes
    ConsistencyReport.Report of(String own, Collection<String> consumed) {
        proofs.forEach(ConsistencyCheck::begin);
        try (Stream<StoredAggregates.Trace> traces = stored.traces()) {
            traces.forEach(this::expect);
        }
        List<Open> open = new ArrayList<>();
        for (TopicPartition it : log.partitions(own)) open.addAll(compareAll(it));
        for (int round = 1; round <= ROUNDS && !open.isEmpty(); round++) open = compareAgain(open, round);
        consumed.stream()
                .filter(it -> !it.equals(own))
                .flatMap(it -> log.partitions(it).stream())
                .forEach(it -> log.readOn(it, record -> read(record, this::isThere)));
        published.forEach((subject, number) -> report.differs(
                subject, "It is stored with " + number + " published events, and the topic has none of them."));
        seen.forEach((subject, it) -> report.differs(
                subject, it.by() + " has heard its event " + it.sequence() + ", and the topic does not have it."));
        proofs.forEach(it -> it.conclude(report));
        return report.report();
    }

    private void expect(StoredAggregates.Trace trace) {
        if (trace.published() > 0) published.put(trace.subject(), trace.published());
        trace.seen().forEach((subject, number) -> seen.merge(subject, new Seen(number, trace.subject()), Seen::later));
    }

    /// Reads a partition to its end and compares its aggregates.
    ///
    /// @return the aggregates that have to be compared again
    private List<Open> compareAll(TopicPartition partition) {
        Map<String, ReplayedAggregate> lives = new HashMap<>();
        log.readOn(
                partition,
                record -> read(record, event -> {
                    isThere(event);
                    String subject = event.envelope().subject();
                    if (!stored.has(kindOf(subject))) reportUnknown(subject);
                    else tell(lives.computeIfAbsent(subject, this::replayedAggregate), event);
                }));
        lives.keySet().forEach(published::remove);
        report.checked("aggregates", lives.size());
        List<Open> all = new ArrayList<>();
        lives.forEach((subject, replayed) -> all.add(new Open(partition, subject, replayed)));
        List<Open> again = new ArrayList<>();
        // Some at a time, for beside what is folded there is little room; what is found later is at least as far.
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Open> some = all.subList(from, Math.min(all.size(), from + BATCH));
            again.addAll(compare(some, find(some), 0));
        }
        return again;
    }

    /// Compares again the aggregates that were ahead of their topic or behind it.
    private List<Open> compareAgain(List<Open> open, int round) {
        Map<String, Aggregate<DomainEvent>> now = find(open);
        LockSupport.parkNanos(pause.multipliedBy(1L << (round - 1)).toNanos());
        Map<TopicPartition, List<Open>> byPartition = open.stream().collect(Collectors.groupingBy(Open::partition));
        byPartition.forEach((partition, some) -> {
            Map<String, ReplayedAggregate> lives =
                    some.stream().collect(Collectors.toMap(Open::subject, Open::replayed));
            log.readOn(
                    partition,
                    record -> read(record, event -> {
                        isThere(event);
                        @Nullable
                        ReplayedAggregate replayed = lives.get(event.envelope().subject());
                        if (replayed != null
                                && !isOfOneMoment(
                                        replayed, now.get(event.envelope().subject()))) tell(replayed, event);
                    }));
        });
        return compare(open, now, round);
    }

    private static boolean isOfOneMoment(ReplayedAggregate replayed, @Nullable Aggregate<?> stored) {
        return stored != null && stored.sequence() == replayed.sequence();
    }

    private static boolean isBehind(ReplayedAggregate replayed, @Nullable Aggregate<?> stored) {
        return stored == null || stored.sequence() < replayed.sequence();
    }

    private void read(ConsumerRecord<String, byte[]> record, Consumer<ReceivedEvent> reader) {
        try {
            reader.accept(ReceivedEvent.of(record));
        } catch (ReceivedEvent.Unreadable _) {
            // Nothing is stored because of it: whoever hears it sets it aside.
            report.checked("unreadable", 1);
        }
    }

    private void isThere(ReceivedEvent event) {
        seen.computeIfPresent(
                event.envelope().subject(), (_, it) -> event.envelope().sequence() >= it.sequence() ? null : it);
    }

    private void reportUnknown(String subject) {
        if (unknownAggregates.add(subject))
            report.differs(subject, "The topic has events of it, and nothing of its kind is stored here.");
    }

    private ReplayedAggregate replayedAggregate(String subject) {
        return new ReplayedAggregate(stored.fresh(kindOf(subject), idOf(subject)));
    }

    private void tell(ReplayedAggregate replayed, ReceivedEvent event) {
        if (!replayed.accept(event)) return;
        report.checked("events", 1);
        proofs.forEach(it -> it.onEvent(event, report));
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
            @Nullable String inconsistency = it.replayed().inconsistency();
            if (inconsistency != null) report.differs(it.subject(), inconsistency);
            else if (aggregate != null && isOfOneMoment(it.replayed(), aggregate)) compare(it, aggregate);
            else if (round < (isBehind(it.replayed(), aggregate) ? 1 : ROUNDS)) again.add(it);
            else judge(it, aggregate);
        }
        return again;
    }

    private void compare(Open it, Aggregate<DomainEvent> aggregate) {
        List<String> fields = DocumentComparison.of(
                stored.facts(aggregate), stored.facts(it.replayed().folded()));
        String next = CloudEventWriter.nextActions(aggregate);
        // An event without the header lists nothing.
        if (!next.equals(Objects.requireNonNullElse(it.replayed().nextActions(), "[]")))
            report.differs(it.subject(), "Its next actions are not those that its last event contains.");
        if (fields.isEmpty()) proofs.forEach(proof -> proof.stored(aggregate, report));
        else
            report.differs(it.subject(), fields.stream().limit(MOST_FIELDS).collect(Collectors.joining("; ", "", ".")));
    }

    /// Reports an aggregate that stays ahead of its topic or behind it.
    private void judge(Open it, @Nullable Aggregate<DomainEvent> aggregate) {
        long told = it.replayed().sequence();
        if (aggregate == null)
            report.differs(it.subject(), "The topic has " + told + " events of it, and it is not stored.");
        else if (aggregate.sequence() < told)
            report.differs(
                    it.subject(),
                    "It is stored with " + aggregate.sequence() + " events, and the topic has " + told
                            + ": the database was restored from an older backup, or lost what was written.");
        else if (isUnsent(aggregate, told))
            report.notCompared(
                    it.subject(),
                    "Its last events wait to be sent: the topic has " + told + " of " + aggregate.sequence() + ".");
        else
            report.differs(
                    it.subject(),
                    "It is stored with " + aggregate.sequence() + " events, and the topic has " + told
                            + "; what is missing there does not wait in its outbox.");
    }

    /// Whether all events that are not on the topic are still in the outbox.
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
