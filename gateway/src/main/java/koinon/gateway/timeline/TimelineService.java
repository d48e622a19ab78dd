package koinon.gateway.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.reader.TopicsCursor;
import koinon.eventing.reader.TopicsReaderFactory;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.StoredOffsets;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The timelines of projects: the events of the proposal, the project, its agreements, and the answers of funds.
/// They come from one [TimelineProjection], which another one can replace.
@Component
public final class TimelineService {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int PAGE = 1_000;

    private final CurrentReadModel currentReadModel;
    private final TimelineRepository repository;
    private final StoredOffsets offsets;
    private final TopicsReaderFactory topics;
    private final TimelineSettings settings;
    private volatile @Nullable TimelineProjection timeline;

    TimelineService(
            CurrentReadModel currentReadModel,
            TimelineRepository repository,
            StoredOffsets offsets,
            TopicsReaderFactory topics,
            TimelineSettings settings) {
        this.currentReadModel = currentReadModel;
        this.repository = repository;
        this.offsets = offsets;
        this.topics = topics;
        this.settings = settings;
    }

    /// Starts to read and store timelines.
    ///
    /// @param from the offsets that are stored
    public TimelineProjection open(OffsetVector from, TimelineProjection.Feed feed) {
        return new TimelineProjection(
                repository, offsets, after -> new Topics(topics.cursor(after)), settings, from, feed);
    }

    private record Topics(TopicsCursor cursor) implements TimelineProjection.Backlog {

        @Override
        public void readOn(Consumer<EventRecord> each) throws InterruptedException {
            cursor.readOn(it -> each.accept(EventRecord.of(it)));
        }

        @Override
        public OffsetVector next() {
            return cursor.next();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    /// Makes a projection the current one.
    public void answerFrom(TimelineProjection next) {
        timeline = next;
    }

    /// The positions of those events that are missing in the stored timelines or differ from them.
    ///
    /// @throws com.mongodb.MongoException when the database is unavailable
    public List<String> missing(String collection, List<EventRecord> events) {
        return repository.missing(
                collection,
                events.stream()
                        .flatMap(it -> ProjectEventRecord.of(it).stream())
                        .toList(),
                this::redactions);
    }

    /// A part of the timeline of a project: as current as its status, and without what is redacted in it.
    ///
    /// @throws RequestRejected.Busy while events are missing
    List<TimelineEntry> of(String project, TimelineRange range) throws InterruptedException {
        TimelineProjection now = timeline;
        if (now == null || !now.awaitRead(currentReadModel.readModel().upTo(), PATIENCE))
            throw new RequestRejected.Busy(
                    "reading-timelines", "The timelines are still being read from the topics; try again in a moment.");
        Redactions redactions = redactions(project);
        return now.of(project, range).stream().map(it -> it.without(redactions)).toList();
    }

    /// The events of a project up to a moment, oldest first, without what is redacted in them today. Their offsets
    /// are not known.
    ///
    /// @param most upper bound of the events
    /// @throws RequestRejected.Busy while events are missing
    public List<EventRecord> upTo(String project, Instant moment, int most) throws InterruptedException {
        List<EventRecord> events = new ArrayList<>();
        var range = TimelineRange.first(TimelineRange.Order.ASC, PAGE);
        while (true) {
            List<TimelineEntry> found = of(project, range);
            for (TimelineEntry it : found) {
                if (it.at().isAfter(moment) || events.size() == most) return events;
                events.add(it.event());
            }
            if (found.size() < PAGE) return events;
            range = new TimelineRange(found.getLast().key(), TimelineRange.Order.ASC, PAGE);
        }
    }

    private Redactions redactions(String project) {
        @Nullable ProjectFacts facts = currentReadModel.readModel().facts(project);
        return facts == null ? Redactions.none(project) : facts.redactions();
    }
}
