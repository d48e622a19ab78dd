package koinon.gateway.timeline;

import java.time.Duration;
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

    /// The events of a project after a key, sorted by key: as current as its status, and without what is redacted
    /// in it.
    ///
    /// @throws RequestRejected.Busy while events are missing
    List<TimelineEntry> of(String project, String after, int limit) throws InterruptedException {
        TimelineProjection now = timeline;
        if (now == null || !now.awaitRead(currentReadModel.readModel().upTo(), PATIENCE))
            throw new RequestRejected.Busy(
                    "reading-timelines", "The timelines are still being read from the topics; try again in a moment.");
        Redactions redactions = redactions(project);
        return now.of(project, after, limit).stream()
                .map(it -> it.without(redactions))
                .toList();
    }

    private Redactions redactions(String project) {
        @Nullable ProjectFacts facts = currentReadModel.readModel().facts(project);
        return facts == null ? Redactions.none(project) : facts.redactions();
    }
}
