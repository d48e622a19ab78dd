package koinon.gateway.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import koinon.gateway.Happenings;
import koinon.gateway.reading.Fold;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.gateway.reading.StoredOffsets;
import koinon.testing.Parts;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.util.unit.DataSize;

/// A chronicle whose readers are played by the test.
@Tag("database")
class ChronicleTest {

    private static final Places PLACES = new Places(List.of("koinon.cities", "koinon.projects", "koinon.funding"));
    private static final TimelineSettings SETTINGS =
            new TimelineSettings(Duration.ofMillis(20), DataSize.ofMegabytes(1));
    private static final String COLLECTION = "history_2_1";

    private final List<Fold> feeds = new CopyOnWriteArrayList<>();
    private final List<Offsets> begun = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private MongoClient client;
    private SimpleMongoClientDatabaseFactory database;
    private StoredOffsets offsets;
    private History history;

    @BeforeEach
    void open() {
        client = MongoClients.create(Parts.database().uri());
        database = new SimpleMongoClientDatabaseFactory(client, "koinon_test_chronicle_" + System.nanoTime());
        offsets = new StoredOffsets(database, PLACES);
        history = new History(database);
    }

    @AfterEach
    void drop() {
        database.getMongoDatabase().drop();
        client.close();
    }

    private Chronicle chronicle() {
        return new Chronicle(
                history,
                offsets,
                (feed, from) -> {
                    begun.add(from);
                    feeds.add(feed);
                    return () -> {};
                },
                SETTINGS,
                () -> {
                    if (broken) throw new IllegalStateException("As from what nobody thought of.");
                    return COLLECTION;
                },
                PLACES.beginning(),
                () -> true);
    }

    private static Offsets after(List<Message> messages) {
        long[] next = PLACES.beginning().next();
        for (Message it : messages) next[it.place()] = it.offset() + 1;
        return Offsets.of(next);
    }

    private static void tell(Fold feed, List<Message> messages) {
        messages.forEach(feed::heard);
        feed.upTo(after(messages));
    }

    private List<String> missing(List<Message> messages) {
        return history.missing(
                COLLECTION,
                messages.stream().flatMap(it -> Happened.of(it).stream()).toList());
    }

    @Test
    void what_a_reader_says_late_does_not_pass_over_what_the_database_has_lost() {
        List<Message> before = List.copyOf(Happenings.active().messages());
        List<Message> all = Happenings.active().project("suspended").messages();
        try (Chronicle chronicle = chronicle()) {
            await().until(() -> feeds.size() == 1);
            tell(feeds.getFirst(), before);
            await().until(() -> chronicle.stored().contain(after(before)));

            for (String it : List.of(COLLECTION, "offsets"))
                database.getMongoDatabase().getCollection(it).deleteMany(new Document());
            await().until(() -> feeds.size() == 2);
            assertThat(begun).containsExactly(PLACES.beginning(), PLACES.beginning());
            feeds.getFirst().heard(all.getLast());
            feeds.getFirst().upTo(after(all));
            await().during(Duration.ofMillis(300))
                    .until(() -> offsets.of(COLLECTION).equals(PLACES.beginning()));

            tell(feeds.getLast(), all);
            await().until(() -> offsets.of(COLLECTION).contain(after(all)));
            assertThat(missing(all)).isEmpty();
        }
    }

    @Test
    void whatever_keeps_it_from_storing_it_stores_again_afterwards() {
        List<Message> all = Happenings.active().messages();
        try (Chronicle chronicle = chronicle()) {
            await().until(() -> feeds.size() == 1);
            broken = true;
            tell(feeds.getFirst(), all);
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            broken = false;
            await().until(() -> chronicle.stored().contain(after(all)));
            assertThat(missing(all)).isEmpty();
        }
    }
}
