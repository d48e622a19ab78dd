package koinon.gateway.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.topic.StoredOffsets;
import koinon.gateway.EventStories;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.readmodel.ProjectionType;
import koinon.gateway.topics.EventRecord;
import koinon.testing.infrastructure.TestInfrastructure;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.util.unit.DataSize;

/// A projection whose topics and whose feed are simulated by the test.
@Tag("database")
class TimelineProjectionTest {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));
    private static final String COLLECTION = "timelines_" + ProjectionType.VERSION + "_1";

    private final List<EventRecord> published = new CopyOnWriteArrayList<>();
    private final List<OffsetVector> begun = new CopyOnWriteArrayList<>();
    private final ReentrantLock feeding = new ReentrantLock();
    private volatile OffsetVector fed = PARTITION_INDEX.beginning();
    private volatile boolean broken;
    private MongoClient client;
    private SimpleMongoClientDatabaseFactory database;
    private StoredOffsets offsets;
    private TimelineRepository history;

    @BeforeEach
    void open() {
        client = MongoClients.create(TestInfrastructure.database().uri());
        database = new SimpleMongoClientDatabaseFactory(client, "koinon_test_timeline_" + System.nanoTime());
        offsets = new StoredOffsets(database, PARTITION_INDEX);
        history = new TimelineRepository(database);
    }

    @AfterEach
    void drop() {
        database.getMongoDatabase().drop();
        client.close();
    }

    private TimelineProjection timeline() {
        return timeline(DataSize.ofMegabytes(1));
    }

    private TimelineProjection timeline(DataSize pending) {
        return new TimelineProjection(
                history,
                offsets,
                Topics::new,
                new TimelineSettings(Duration.ofMillis(20), pending),
                PARTITION_INDEX.beginning(),
                new TimelineProjection.Feed(feeding, () -> fed, () -> true, this::collection));
    }

    private String collection() {
        if (broken) throw new IllegalStateException("As from what nobody thought of.");
        return COLLECTION;
    }

    private final class Topics implements TimelineProjection.Backlog {

        private OffsetVector next;

        private Topics(OffsetVector from) {
            begun.add(from);
            next = from;
        }

        @Override
        public void readOn(Consumer<EventRecord> each) {
            List<EventRecord> now = List.copyOf(published);
            now.stream().filter(it -> !next.contain(it.place(), it.offset())).forEach(each);
            next = next.with(after(now));
        }

        @Override
        public OffsetVector next() {
            return next;
        }

        @Override
        public void close() {}
    }

    private static OffsetVector after(List<EventRecord> messages) {
        long[] next = PARTITION_INDEX.beginning().next();
        for (EventRecord it : messages) next[it.place()] = Math.max(next[it.place()], it.offset() + 1);
        return OffsetVector.of(next);
    }

    /// Publishes and feeds these events.
    private void feed(TimelineProjection timeline, List<EventRecord> messages) {
        feeding.lock();
        try {
            published.addAll(messages);
            messages.forEach(timeline::accept);
            fed = fed.with(after(messages));
            timeline.upTo(fed);
        } finally {
            feeding.unlock();
        }
    }

    private void awaitStored(List<EventRecord> messages) {
        await().until(() -> offsets.of(COLLECTION).contain(after(messages)));
        assertThat(missing(messages)).isEmpty();
    }

    private List<String> missing(List<EventRecord> messages) {
        return history.missing(
                COLLECTION,
                messages.stream()
                        .flatMap(it -> ProjectEventRecord.of(it).stream())
                        .toList(),
                Redactions::none);
    }

    private static final List<EventRecord> ALL =
            EventStories.active().project("suspended").messages();
    private static final List<EventRecord> BEFORE = ALL.subList(0, ALL.size() - 3);
    private static final List<EventRecord> REST = ALL.subList(ALL.size() - 3, ALL.size());

    @Test
    void what_was_published_before_is_read_once_and_then_the_feed_takes_over() {
        published.addAll(BEFORE);
        fed = after(BEFORE);
        try (TimelineProjection timeline = timeline()) {
            awaitStored(BEFORE);
            feed(timeline, REST);
            awaitStored(ALL);
            assertThat(begun).containsExactly(PARTITION_INDEX.beginning());
        }
    }

    @Test
    void an_event_that_is_sent_again_is_stored_once() {
        try (TimelineProjection timeline = timeline()) {
            feed(timeline, ALL);
            awaitStored(ALL);
            long stored = count();

            List<EventRecord> again = ALL.stream().map(EventStories::sentAgain).toList();
            feed(timeline, again);
            await().until(() -> offsets.of(COLLECTION).contain(after(again)));
            assertThat(count()).isEqualTo(stored).isPositive();
        }
    }

    private long count() {
        return database.getMongoDatabase().getCollection(COLLECTION).countDocuments();
    }

    @Test
    void what_is_fed_does_not_pass_over_what_the_database_has_lost() {
        try (TimelineProjection timeline = timeline()) {
            feed(timeline, BEFORE);
            awaitStored(BEFORE);
            for (String it : List.of(COLLECTION, "offsets"))
                database.getMongoDatabase().getCollection(it).deleteMany(new Document());
            feed(timeline, REST);
            awaitStored(ALL);
            assertThat(begun).endsWith(PARTITION_INDEX.beginning()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void what_does_not_fit_into_memory_while_nothing_can_be_stored_is_read_from_the_topics_later() {
        try (TimelineProjection timeline = timeline(DataSize.ofKilobytes(2))) {
            feed(timeline, BEFORE.subList(0, 3));
            awaitStored(BEFORE.subList(0, 3));
            broken = true;
            feed(timeline, ALL.subList(3, ALL.size()));
            await().during(Duration.ofMillis(100)).until(() -> true);
            broken = false;
            awaitStored(ALL);
            assertThat(begun).hasSizeGreaterThan(1);
        }
    }

    @Test
    void whatever_keeps_it_from_storing_it_stores_again_afterwards() {
        try (TimelineProjection timeline = timeline()) {
            feed(timeline, BEFORE);
            awaitStored(BEFORE);
            broken = true;
            feed(timeline, REST);
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            broken = false;
            awaitStored(ALL);
        }
    }

    @Test
    void a_redacted_text_is_removed_from_what_is_stored_also_when_its_event_comes_again() {
        String digest = Redactions.digest("p1", "It is done.");
        List<EventRecord> all = EventStories.active()
                .milestone("ms1", "milestone-reported", ",'text':'It is done.'")
                .happens("project/p1", "project.text-redacted", "{'digest':'" + digest + "','reason':'A name.'}")
                .messages();
        try (TimelineProjection timeline = timeline()) {
            feed(timeline, all.subList(0, all.size() - 1));
            awaitStored(all.subList(0, all.size() - 1));
            assertThat(stored()).contains("It is done.");

            feed(timeline, all.subList(all.size() - 1, all.size()));
            await().until(() -> !stored().contains("It is done."));
            feed(timeline, all);
            await().until(() -> timeline.of("p1", TimelineRange.first(TimelineRange.Order.ASC, 200))
                            .size()
                    == all.stream()
                            .flatMap(it -> ProjectEventRecord.of(it).stream())
                            .count());

            assertThat(stored()).contains(Redactions.MARK).doesNotContain("It is done.");
            assertThat(history.missing(
                            COLLECTION,
                            all.stream()
                                    .flatMap(it -> ProjectEventRecord.of(it).stream())
                                    .toList(),
                            it -> new Redactions(it, Set.of(digest))))
                    .isEmpty();
        }
    }

    @Test
    void a_redacted_text_is_removed_from_the_next_actions_of_earlier_events_too() {
        String digest = Redactions.digest("p1", "Opening");
        List<EventRecord> all = EventStories.active()
                .happens("project/p1", "project.text-redacted", "{'digest':'" + digest + "','reason':'A name.'}")
                .messages();
        try (TimelineProjection timeline = timeline()) {
            feed(timeline, all.subList(0, all.size() - 1));
            awaitStored(all.subList(0, all.size() - 1));
            assertThat(stored()).contains("Report the milestone");
            feed(timeline, all.subList(all.size() - 1, all.size()));
            await().until(() -> !stored().contains("Opening"));
            assertThat(stored()).contains("Report the milestone", Redactions.MARK);
        }
    }

    @Test
    void pages_from_the_newest_to_the_oldest_are_the_timeline_backwards_wherever_it_is_stored() {
        try (TimelineProjection timeline = timeline()) {
            feed(timeline, BEFORE);
            awaitStored(BEFORE);
            feed(timeline, REST);
            List<TimelineEntry> forwards = timeline.of("p1", TimelineRange.first(TimelineRange.Order.ASC, 200));
            List<TimelineEntry> backwards = new ArrayList<>();
            String after = "";
            do {
                var page = timeline.of("p1", new TimelineRange(after, TimelineRange.Order.DESC, 4));
                backwards.addAll(page);
                after = page.size() < 4 ? "" : page.getLast().key();
            } while (!after.isEmpty());
            assertThat(backwards).hasSizeGreaterThan(20).isEqualTo(forwards.reversed());
            assertThat(forwards).extracting(it -> it.event().change()).isEqualTo(changes());
        }
    }

    private static List<LifecycleState.Change> changes() {
        return ALL.stream()
                .flatMap(it -> ProjectEventRecord.of(it).stream())
                .map(it -> it.entry().change())
                .toList();
    }

    private String stored() {
        return database.getMongoDatabase()
                .getCollection(COLLECTION)
                .find()
                .into(new ArrayList<>())
                .toString();
    }
}
