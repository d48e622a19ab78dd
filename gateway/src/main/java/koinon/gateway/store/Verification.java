package koinon.gateway.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koinon.eventing.consistency.ConsistencyReport;
import koinon.eventing.consistency.Verifier;
import koinon.eventing.reader.PartitionReader;
import koinon.eventing.reader.TopicsReaderFactory;
import koinon.eventing.topic.OffsetVector;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.published.PublishedCheck;
import koinon.gateway.readmodel.ProjectionType;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.status.Statuses;
import koinon.gateway.timeline.TimelineService;
import koinon.gateway.topics.EventRecord;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Projects the topics again while the gateway runs, and reports every difference from the read model in memory and
/// from the stored one.
///
/// All events of an aggregate are in one partition, so one partition at a time is projected and compared, each
/// aggregate at the same sequence. An aggregate that changes meanwhile is compared again.
@Component
final class Verification implements Verifier {

    private static final int ROUNDS = 6;
    private static final int SOME = 500;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final ReadModelLifecycle lifecycle;
    private final ReadModelStore store;
    private final Statuses statuses;
    private final TimelineService timelines;
    private final TopicsReaderFactory topics;
    private final PublishedCheck published;

    Verification(
            ReadModelLifecycle lifecycle,
            ReadModelStore store,
            Statuses statuses,
            TimelineService timelines,
            TopicsReaderFactory topics,
            PublishedCheck published) {
        this.lifecycle = lifecycle;
        this.store = store;
        this.statuses = statuses;
        this.timelines = timelines;
        this.topics = topics;
        this.published = published;
    }

    /// @throws com.mongodb.MongoException when the database is unavailable
    @Override
    public ConsistencyReport.Report verify() {
        return new Run(lifecycle.serving()).all();
    }

    /// One verification.
    private final class Run {

        private final ReadModel readModel;
        private final ReadModelVersion version;
        private final ConsistencyReport report = new ConsistencyReport();
        private final Set<String> subjects = new HashSet<>();

        private Run(RunningReadModel serving) {
            this.readModel = serving.readModel();
            @Nullable ReadModelVersion stored = serving.writer().version();
            this.version = stored == null ? store.serving() : stored;
        }

        private ConsistencyReport.Report all() {
            topics.each(this::compare);
            report.checked("aggregates", subjects.size());
            for (ProjectedAggregate it : readModel.aggregates())
                if (isUnknownAggregate(it))
                    report.differs(it.subject(), "The read model contains this aggregate, but the topics do not.");
            store.load(version, it -> {
                report.checked("stored aggregates", 1);
                if (isUnknownAggregate(it))
                    report.differs(it.subject(), "The database contains this aggregate, but the topics do not.");
            });
            readModel.facts().forEach(this::compareStatus);
            published.compare(readModel, report);
            return report.report();
        }

        /// Whether the topics do not contain the aggregate and it has not changed since.
        private boolean isUnknownAggregate(ProjectedAggregate it) {
            return !subjects.contains(it.subject()) && it.sequence() == sequenceOf(readModel.aggregate(it.subject()));
        }

        private void compareStatus(ProjectFacts facts) {
            report.checked("statuses", 1);
            // A deadline may have passed, or an event may have come, between the two derivations.
            if (IntStream.range(0, 2).noneMatch(_ -> statuses.isConsistent(facts.id())))
                report.differs(
                        "project/" + facts.id(),
                        "The answered status differs from the one that follows from its facts.");
        }

        private void compare(PartitionReader partition) {
            Map<String, ProjectedAggregate> folded = new HashMap<>();
            Set<String> open = Set.of();
            for (int round = 1; round <= ROUNDS && (round == 1 || !open.isEmpty()); round++) {
                if (round > 1) pause();
                // Read before the topic and the documents: both contain at least these offsets.
                OffsetVector claimed = store.offsets(version);
                read(partition, folded);
                Set<String> looked = round == 1 ? folded.keySet() : open;
                Map<String, ProjectedAggregate> stored = new HashMap<>();
                store.load(version, partition.place(), it -> stored.merge(it.subject(), it, ProjectedAggregate::later));
                boolean last = round == ROUNDS;
                open = looked.stream()
                        .filter(it -> !isSettled(folded.get(it), stored.get(it), claimed, last))
                        .collect(Collectors.toSet());
            }
            subjects.addAll(folded.keySet());
        }

        private void read(PartitionReader partition, Map<String, ProjectedAggregate> folded) {
            OffsetVector timelineOffsets = store.timelineOffsets(version);
            List<EventRecord> some = new ArrayList<>();
            partition.readOn(event -> {
                EventRecord it = EventRecord.of(event);
                String subject = it.position().subject();
                ProjectedAggregate before = folded.getOrDefault(subject, ProjectedAggregate.initial(subject));
                if (it.position().sequence() <= before.sequence()) return;
                report.checked("events", 1);
                folded.put(subject, ReadModel.after(before, it, _ -> {}));
                if (timelineOffsets.contain(it.place(), it.offset())) some.add(it);
                if (some.size() >= SOME) compareTimeline(some);
            });
            compareTimeline(some);
        }

        private void compareTimeline(List<EventRecord> some) {
            timelines
                    .missing(version.timelines(), some)
                    .forEach(it -> report.differs(
                            it, "It is not stored in the timelines, or differs from the event in the topic."));
            some.clear();
        }

        /// Compares an aggregate in the topics with the one in memory and with the stored one.
        ///
        /// @return false if one of them has changed meanwhile, so that it must be compared again
        private boolean isSettled(
                @Nullable ProjectedAggregate folded,
                @Nullable ProjectedAggregate stored,
                OffsetVector claimed,
                boolean last) {
            if (folded == null) return true;
            @Nullable ProjectedAggregate answered = readModel.aggregate(folded.subject());
            boolean same = sequenceOf(answered) == folded.sequence();
            if (same && !last && sequenceOf(stored) > folded.sequence()) return false;
            if (!same && !last) return false;
            if (same) differs("the read model", folded, answered);
            else if (sequenceOf(answered) < folded.sequence())
                report.differs(
                        folded.subject(),
                        "The read model has events up to " + sequenceOf(answered) + ", the topics up to "
                                + folded.sequence() + ".");
            else report.notCompared(folded.subject(), "It changed during every comparison.");
            compareStored(folded, stored, claimed);
            return true;
        }

        private void compareStored(
                ProjectedAggregate folded, @Nullable ProjectedAggregate stored, OffsetVector claimed) {
            if (sequenceOf(stored) == folded.sequence()) differs("the database", folded, stored);
            else if (sequenceOf(stored) > folded.sequence())
                report.differs(
                        folded.subject(),
                        "The database has events up to " + sequenceOf(stored) + ", the topics only up to "
                                + folded.sequence() + ".");
            else if (claimed.contain(folded.place(), folded.offset()))
                report.differs(
                        folded.subject(),
                        "It is stored after event " + sequenceOf(stored) + ", but the stored offsets contain event "
                                + folded.sequence() + ".");
        }

        private void differs(String where, ProjectedAggregate folded, @Nullable ProjectedAggregate other) {
            @Nullable String expected = ProjectionType.text(folded);
            @Nullable String found = other == null ? null : ProjectionType.text(other);
            if (!Objects.equals(expected, found))
                report.differs(
                        folded.subject(),
                        "After event " + folded.sequence() + ", " + where + " has "
                                + beginning(found, expected) + ", the topics have "
                                + beginning(expected, found) + ".");
        }
    }

    private static long sequenceOf(@Nullable ProjectedAggregate aggregate) {
        return aggregate == null ? 0 : aggregate.sequence();
    }

    /// The text around the first difference from another one.
    private static String beginning(@Nullable String text, @Nullable String other) {
        if (text == null) return "nothing";
        String against = other == null ? "" : other;
        int at = 0;
        while (at < Math.min(text.length(), against.length()) && text.charAt(at) == against.charAt(at)) at++;
        int from = Math.max(0, at - 40);
        return "`" + (from > 0 ? "…" : "") + text.substring(from, Math.min(text.length(), at + 60)) + "`";
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The gateway is stopping.", e);
        }
    }
}
