package koinon.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import koinon.gateway.Happenings;
import koinon.gateway.picture.Kind;
import koinon.gateway.picture.Picture;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.gateway.reading.Source;
import koinon.gateway.reading.StoredOffsets;
import koinon.testing.Parts;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

@Tag("database")
class StoreTest {

    private static final Places PLACES = new Places(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private final Random random = new Random(7);
    private final Generation generation = Generation.of(1);
    private MongoClient client;
    private SimpleMongoClientDatabaseFactory database;
    private Store store;

    @BeforeEach
    void open() {
        client = MongoClients.create(Parts.database().uri());
        database = new SimpleMongoClientDatabaseFactory(client, "koinon_test_store_" + System.nanoTime());
        store = new Store(database, new StoredOffsets(database, PLACES));
    }

    @AfterEach
    void drop() {
        database.getMongoDatabase().drop();
        client.close();
    }

    private static List<Message> story() {
        return Happenings.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .milestone("ms1", "milestone-reported", ",'text':'done'")
                .milestone("ms1", "milestone-verified", ",'achieved':0.80,'reason':'most'")
                .happens("fund/m1", "fund.reserved", "{'project':'p1','agreement':'a-m1'}")
                .happens("city/vn-hanoi", "city.field-changed", "{'field':'Music'}")
                .project("suspended")
                .messages();
    }

    /// A gateway that reads each partition in its order, and the partitions in any.
    private final class Copy {

        private final Picture picture;
        private final Map<Integer, List<Message>> left = new TreeMap<>();
        private final long[] next;

        Copy(Picture picture) {
            this.picture = picture;
            this.next = picture.upTo().next();
            for (Message it : story())
                if (!picture.upTo().contain(it.place(), it.offset()))
                    left.computeIfAbsent(it.place(), _ -> new ArrayList<>()).add(it);
        }

        int left() {
            return left.values().stream().mapToInt(List::size).sum();
        }

        void readOne() {
            List<Integer> places = List.copyOf(left.keySet());
            int place = places.get(random.nextInt(places.size()));
            Message message = left.get(place).removeFirst();
            if (left.get(place).isEmpty()) left.remove(place);
            picture.heard(message);
            next[place] = message.offset() + 1;
            picture.upTo(Offsets.of(next));
        }

        void readAll() {
            while (left() > 0) readOne();
        }
    }

    private Copy start() {
        Offsets offsets = store.offsets(generation);
        var sources = new ArrayList<Source>();
        store.load(generation, sources::add);
        return new Copy(Picture.of(PLACES, sources.stream(), offsets));
    }

    private static Map<String, String> texts(Picture picture) {
        var texts = new TreeMap<String, String>();
        for (Source it : picture.sources())
            texts.put(it.subject(), it.sequence() + " " + it.changed() + " " + it.at() + " " + Kind.text(it));
        return texts;
    }

    private static Map<String, String> folded() {
        var picture = Picture.empty(PLACES);
        story().forEach(picture::heard);
        return texts(picture);
    }

    @Test
    void wherever_a_copy_dies_a_start_reads_on_to_the_very_fold() {
        int starts = 0;
        for (int left = story().size(); left > 0; starts++) {
            Copy copy = start();
            left = copy.left();
            int reads = Math.min(copy.left(), random.nextInt(6));
            for (int i = 0; i < reads; i++) copy.readOne();
            Offsets upTo = copy.picture.upTo();
            List<Source> changed = copy.picture.takeUnstored();
            int written = random.nextInt(changed.size() + 1);
            store.write(generation, changed.subList(0, written));
            if (written == changed.size()) store.advance(generation, upTo);
            // Here it dies, with what it had not written.
            Copy next = start();
            next.readAll();
            assertThat(texts(next.picture)).isEqualTo(folded());
            assertThat(next.picture.parts("p1").read())
                    .isEqualTo(whole().parts("p1").read());
        }
        assertThat(starts).isGreaterThan(5);
    }

    private static Picture whole() {
        var picture = Picture.empty(PLACES);
        story().forEach(picture::heard);
        return picture;
    }

    @Test
    void copies_that_store_at_once_never_take_each_other_back() {
        List<Copy> copies = List.of(start(), start(), start());
        while (copies.stream().anyMatch(it -> it.left() > 0)) {
            for (Copy copy : copies) for (int i = random.nextInt(5); i > 0 && copy.left() > 0; i--) copy.readOne();
            CompletableFuture.allOf(copies.stream()
                            .map(it -> CompletableFuture.runAsync(() -> {
                                Offsets upTo = it.picture.upTo();
                                store.write(generation, it.picture.takeUnstored());
                                store.advance(generation, upTo);
                            }))
                            .toArray(CompletableFuture[]::new))
                    .join();
            Copy late = start();
            late.readAll();
            assertThat(texts(late.picture)).isEqualTo(folded());
        }
        assertThat(start().left()).isZero();
        assertThat(texts(start().picture)).isEqualTo(folded());
    }

    @Test
    void what_another_version_of_the_fold_stored_is_not_loaded() {
        Copy copy = start();
        copy.readAll();
        var older = new Generation(Kind.VERSION - 1, 1);
        store.write(older, copy.picture.takeUnstored());
        store.advance(older, copy.picture.upTo());

        assertThat(store.serving()).isEqualTo(new Generation(Kind.VERSION, 1));
        assertThat(start().left()).isEqualTo(story().size());
    }

    @Test
    void a_generation_that_was_built_anew_serves_and_what_came_long_before_is_deleted() {
        store.serving();
        Copy copy = start();
        copy.readAll();
        List<Source> sources = copy.picture.takeUnstored();
        store.write(Generation.of(1), sources);
        Generation second = store.reserve();
        store.write(second, sources);
        assertThat(store.serve(second)).isTrue();
        store.dropBefore(second, Generation.of(1));
        Generation third = store.reserve();
        store.write(third, sources);
        assertThat(store.serve(third)).isTrue();
        store.dropBefore(third, second);

        assertThat(store.serving()).isEqualTo(third);
        assertThat(store.serve(second)).as("a later one has overtaken it").isFalse();
        assertThat(database.getMongoDatabase().listCollectionNames())
                .contains(second.sources(), third.sources())
                .doesNotContain(Generation.of(1).sources());
    }

    private static Map<String, Source> many() {
        var many = new LinkedHashMap<String, Source>();
        for (int i = 0; i < 2_500; i++) {
            Source source = new Source("city/c" + i, i + 1, 3, i, -1, Happenings.START, -1, Happenings.START, null);
            many.put(source.subject(), source);
        }
        return many;
    }

    private Map<String, Source> loaded() {
        var loaded = new LinkedHashMap<String, Source>();
        store.load(generation, it -> loaded.put(it.subject(), it));
        return loaded;
    }

    @Test
    void more_than_a_bulk_is_stored_and_loaded_again() {
        store.write(generation, List.copyOf(many().values()));
        store.write(generation, List.copyOf(many().values()));
        assertThat(loaded()).isEqualTo(many());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_database_that_fails_before_all_is_stored_has_all_in_the_end_also_when_it_loses_some(boolean loses)
            throws InterruptedException {
        Offsets upTo = PLACES.beginning().with(Offsets.of(new long[] {0, 0, 0, 2_500}));
        Picture picture = Picture.of(PLACES, many().values().stream(), upTo);
        picture.forgetStored();
        var calls = new AtomicInteger();
        var failing = new SimpleMongoClientDatabaseFactory(
                client, database.getMongoDatabase().getName()) {
            @Override
            public MongoDatabase getMongoDatabase() {
                int call = calls.incrementAndGet();
                if (loses && call == 10)
                    super.getMongoDatabase().getCollection(generation.sources()).deleteMany(new Document());
                if (call % 5 == 0) throw new MongoTimeoutException("The database takes its time.");
                return super.getMongoDatabase();
            }
        };
        var slow = new Store(failing, new StoredOffsets(database, PLACES));
        try (var storing = new Storing(picture, slow, generation, Duration.ofMillis(5))) {
            long end = System.nanoTime() + 20_000_000_000L;
            while (!store.offsets(generation).contain(upTo) && System.nanoTime() < end) Thread.sleep(20);
            assertThat(storing.generation()).isEqualTo(generation);
        }
        assertThat(store.offsets(generation).contain(upTo)).isTrue();
        assertThat(loaded().values()).containsExactlyInAnyOrderElementsOf(many().values());
    }

    @Test
    void a_database_restored_from_an_older_backup_is_stored_anew() throws InterruptedException {
        Copy copy = start();
        while (copy.left() > 10) copy.readOne();
        try (var storing = new Storing(copy.picture, store, null, Duration.ofMillis(20))) {
            await(storing, copy);
            List<Document> backup = everything();
            Document offsets = offsets();
            copy.readAll();
            await(storing, copy);
            restore(backup, offsets);
            long end = System.nanoTime() + 10_000_000_000L;
            while (!store.offsets(generation).contain(copy.picture.upTo()) && System.nanoTime() < end) Thread.sleep(20);
        }
        Copy next = start();
        assertThat(next.left()).isZero();
        assertThat(texts(next.picture)).isEqualTo(folded());
    }

    @Test
    void whatever_keeps_it_from_storing_it_stores_again_afterwards() throws InterruptedException {
        Copy copy = start();
        copy.readAll();
        var pointers = database.getMongoDatabase().getCollection("pictures");
        pointers.insertOne(new Document("_id", Kind.VERSION).append("serving", "no number"));
        try (var storing = new Storing(copy.picture, store, null, Duration.ofMillis(20))) {
            Thread.sleep(200);
            pointers.replaceOne(
                    new Document("_id", Kind.VERSION),
                    new Document("_id", Kind.VERSION).append("serving", 1L).append("reserved", 1L));
            await(storing, copy);
        }
        assertThat(start().left()).isZero();
    }

    private void await(Storing storing, Copy copy) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        do Thread.sleep(100);
        while (!(storing.stored().contain(copy.picture.upTo())
                        && store.offsets(generation).contain(copy.picture.upTo()))
                && System.nanoTime() < end);
    }

    private List<Document> everything() {
        return database.getMongoDatabase()
                .getCollection(generation.sources())
                .find()
                .into(new ArrayList<>());
    }

    private Document offsets() {
        return database.getMongoDatabase().getCollection("offsets").find().first();
    }

    private void restore(List<Document> backup, Document offsets) {
        var sources = database.getMongoDatabase().getCollection(generation.sources());
        sources.deleteMany(new Document());
        sources.insertMany(backup);
        var all = database.getMongoDatabase().getCollection("offsets");
        all.deleteMany(new Document());
        all.insertOne(offsets);
    }
}
