package koinon.gateway.timeline;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import koinon.gateway.picture.Reading;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.StoredOffsets;
import koinon.gateway.reading.Topics;
import koinon.platform.document.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Every event of every project: of its proposal, of itself, of its agreements, and what funds answered it. Answered
/// from one chronicle, whose place another one can take.
@Component
public final class Timelines {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Reading reading;
    private final History history;
    private final StoredOffsets offsets;
    private final Topics topics;
    private final TimelineSettings settings;
    private volatile @Nullable Chronicle chronicle;

    Timelines(Reading reading, History history, StoredOffsets offsets, Topics topics, TimelineSettings settings) {
        this.reading = reading;
        this.history = history;
        this.offsets = offsets;
        this.topics = topics;
        this.settings = settings;
    }

    /// Begins to read on, and to store.
    ///
    /// @param collection where it is stored; nothing while that is not known
    /// @param from what is stored there already
    /// @param mayBegin when to begin reading
    public Chronicle open(Supplier<@Nullable String> collection, Offsets from, BooleanSupplier mayBegin) {
        return new Chronicle(
                history,
                offsets,
                (feed, after) -> topics.read(feed, after)::close,
                settings,
                collection,
                from,
                mayBegin);
    }

    /// Answers from this one from now on.
    public void answerFrom(Chronicle next) {
        chronicle = next;
    }

    /// The positions of those events that a stored chronicle should tell and does not tell as they happened.
    ///
    /// @throws com.mongodb.MongoException when the database is away
    public List<String> missing(String collection, List<Message> events) {
        return history.missing(
                collection,
                events.stream().flatMap(it -> Happened.of(it).stream()).toList());
    }

    /// What happened to a project after a key, in its order: as current as its status.
    ///
    /// @throws Refused.Busy while it is not all there
    List<Entry> of(String project, String after, int limit) throws InterruptedException {
        Chronicle now = chronicle;
        if (now == null || !now.awaitRead(reading.picture().upTo(), PATIENCE))
            throw new Refused.Busy("What happened to the projects is still being read; ask again in a moment.");
        return now.of(project, after, limit);
    }
}
