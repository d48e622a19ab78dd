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
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.topic.StoredOffsets;
import koinon.gateway.EventStories;
import koinon.gateway.readmodel.ProjectionType;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.topics.EventRecord;
import koinon.gateway.topics.ProjectedAggregate;
import koinon.testing.infrastructure.TestInfrastructure;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

@Tag("database")
class ReadModelStoreTest {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private final Random random = new Random(7);
    private final ReadModelVersion version = ReadModelVersion.of(1);
    private MongoClient client;
    private SimpleMongoClientDatabaseFactory database;
    private ReadModelStore store;

    @BeforeEach
    void open() {
        client = MongoClients.create(TestInfrastructure.database().uri());
        database = new SimpleMongoClientDatabaseFactory(client, "koinon_test_store_" + System.nanoTime());
        store = new ReadModelStore(database, new StoredOffsets(database, PARTITION_INDEX));
    }

    @AfterEach
    void drop() {
        database.getMongoDatabase().drop();
        client.close();
    }

    private static List<EventRecord> story() {
        return EventStories.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .milestone("ms1", "milestone-reported", ",'text':'done'")
                .milestone("ms1", "milestone-verified", ",'achieved':0.80,'reason':'most'")
                .happens("fund/m1", "fund.reserved", "{'project':'p1','agreement':'a-m1'}")
                .happens("city/vn-hanoi", "city.field-changed", "{'field':'Music'}")
                .project("suspended")
                .messages();
    }

    /// A gateway that reads the events of each partition in order, and the partitions in any order.
    private final class Copy {

        private final ReadModel readModel;
        private final Map<Integer, List<EventRecord>> left = new TreeMap<>();
        private final long[] next;

        Copy(ReadModel readModel) {
            this.readModel = readModel;
            this.next = readModel.upTo().next();
            for (EventRecord it : story())
                if (!readModel.upTo().contain(it.place(), it.offset()))
                    left.computeIfAbsent(it.place(), _ -> new ArrayList<>()).add(it);
        }

        int left() {
            return left.values().stream().mapToInt(List::size).sum();
        }

        void readOne() {
            List<Integer> partitionIndex = List.copyOf(left.keySet());
            int place = partitionIndex.get(random.nextInt(partitionIndex.size()));
            EventRecord message = left.get(place).removeFirst();
            if (left.get(place).isEmpty()) left.remove(place);
            readModel.accept(message);
            next[place] = message.offset() + 1;
            readModel.upTo(OffsetVector.of(next));
        }

        void readAll() {
            while (left() > 0) readOne();
        }
    }

    private Copy start() {
        OffsetVector offsets = store.offsets(version);
        var aggregates = new ArrayList<ProjectedAggregate>();
        store.load(version, aggregates::add);
        return new Copy(ReadModel.of(PARTITION_INDEX, aggregates.stream(), offsets));
    }

    private void write(ReadModelVersion to, Copy copy) {
        copy.readModel.forgetStored();
        store.write(to, copy.readModel.upTo(), copy.readModel.takeUnstored(Bucket::of));
    }

    private static Map<String, String> texts(ReadModel readModel) {
        var texts = new TreeMap<String, String>();
        for (ProjectedAggregate it : readModel.aggregates())
            texts.put(it.subject(), it.sequence() + " " + it.changed() + " " + it.at() + " " + ProjectionType.text(it));
        return texts;
    }

    private static Map<String, String> folded() {
        var readModel = ReadModel.empty(PARTITION_INDEX);
        story().forEach(readModel::accept);
        return texts(readModel);
    }

    @Test
    void wherever_a_copy_dies_a_start_reads_on_to_the_very_fold() {
        int starts = 0;
        for (int left = story().size(); left > 0; starts++) {
            Copy copy = start();
            left = copy.left();
            int reads = Math.min(copy.left(), random.nextInt(6));
            for (int i = 0; i < reads; i++) copy.readOne();
            OffsetVector upTo = copy.readModel.upTo();
            var changed =
                    new ArrayList<>(copy.readModel.takeUnstored(Bucket::of).entrySet());
            int written = random.nextInt(changed.size() + 1);
            store.write(
                    version,
                    upTo,
                    changed.subList(0, written).stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            if (written == changed.size()) store.advance(version, upTo);
            // The instance ends here, with unwritten changes.
            Copy next = start();
            next.readAll();
            assertThat(texts(next.readModel)).isEqualTo(folded());
            assertThat(next.readModel.facts("p1").read())
                    .isEqualTo(whole().facts("p1").read());
        }
        assertThat(starts).isGreaterThan(5);
    }

    private static ReadModel whole() {
        var readModel = ReadModel.empty(PARTITION_INDEX);
        story().forEach(readModel::accept);
        return readModel;
    }

    @Test
    void copies_that_store_at_once_never_take_each_other_back() {
        List<Copy> copies = List.of(start(), start(), start());
        while (copies.stream().anyMatch(it -> it.left() > 0)) {
            for (Copy copy : copies) for (int i = random.nextInt(5); i > 0 && copy.left() > 0; i--) copy.readOne();
            CompletableFuture.allOf(copies.stream()
                            .map(it -> CompletableFuture.runAsync(() -> {
                                write(version, it);
                                store.advance(version, it.readModel.upTo());
                            }))
                            .toArray(CompletableFuture[]::new))
                    .join();
            Copy late = start();
            late.readAll();
            assertThat(texts(late.readModel)).isEqualTo(folded());
        }
        assertThat(start().left()).isZero();
        assertThat(texts(start().readModel)).isEqualTo(folded());
    }

    @Test
    void what_another_version_of_the_fold_stored_is_not_loaded() {
        Copy copy = start();
        copy.readAll();
        var older = new ReadModelVersion(ProjectionType.VERSION - 1, 1);
        write(older, copy);
        store.advance(older, copy.readModel.upTo());

        assertThat(store.serving()).isEqualTo(new ReadModelVersion(ProjectionType.VERSION, 1));
        assertThat(start().left()).isEqualTo(story().size());
    }

    @Test
    void a_rebuilt_version_becomes_the_current_one_and_old_versions_are_deleted() {
        store.serving();
        Copy copy = start();
        copy.readAll();
        write(ReadModelVersion.of(1), copy);
        ReadModelVersion second = store.reserve();
        write(second, copy);
        assertThat(store.serve(second)).isTrue();
        store.dropBefore(second, ReadModelVersion.of(1));
        ReadModelVersion third = store.reserve();
        write(third, copy);
        assertThat(store.serve(third)).isTrue();
        store.dropBefore(third, second);

        assertThat(store.serving()).isEqualTo(third);
        assertThat(store.serve(second)).as("a later one has overtaken it").isFalse();
        assertThat(database.getMongoDatabase().listCollectionNames())
                .contains(second.aggregates(), third.aggregates())
                .doesNotContain(ReadModelVersion.of(1).aggregates());
    }

    private static Map<String, ProjectedAggregate> many() {
        var many = new LinkedHashMap<String, ProjectedAggregate>();
        for (int i = 0; i < 2_500; i++) {
            ProjectedAggregate aggregate = new ProjectedAggregate(
                    "city/c" + i, i + 1, 3, i, -1, EventStories.START, -1, -1, EventStories.START, null);
            many.put(aggregate.subject(), aggregate);
        }
        return many;
    }

    private Map<String, ProjectedAggregate> loaded() {
        var loaded = new LinkedHashMap<String, ProjectedAggregate>();
        store.load(version, it -> loaded.put(it.subject(), it));
        return loaded;
    }

    private static final OffsetVector ALL_OF_MANY =
            PARTITION_INDEX.beginning().with(OffsetVector.of(new long[] {0, 0, 0, 2_500}));

    private static Map<Bucket, List<ProjectedAggregate>> bucketsOfMany() {
        return many().values().stream().collect(Collectors.groupingBy(Bucket::of));
    }

    @Test
    void what_is_stored_twice_is_loaded_once() {
        store.write(version, ALL_OF_MANY, bucketsOfMany());
        store.write(version, ALL_OF_MANY, bucketsOfMany());
        assertThat(loaded()).isEqualTo(many());
    }

    @Test
    void a_large_bucket_is_stored_in_pieces_and_loaded_whole() {
        var small = new ReadModelStore(database, new StoredOffsets(database, PARTITION_INDEX), 200);
        small.write(version, ALL_OF_MANY, bucketsOfMany());
        assertThat(everything())
                .hasSizeGreaterThan(128)
                .allSatisfy(it ->
                        assertThat(it.get("content", Binary.class).length()).isLessThanOrEqualTo(200));
        assertThat(loaded()).isEqualTo(many());
        assertThat(store.contains(version, new Bucket(3, 5), 2_500)).isTrue();
        assertThat(store.contains(version, new Bucket(3, 5), 2_501)).isFalse();
    }

    @Test
    void the_aggregates_of_a_partition_are_loaded_without_those_of_others() {
        store.write(version, ALL_OF_MANY, bucketsOfMany());
        List<ProjectedAggregate> found = new ArrayList<>();
        store.load(version, 30, found::add);
        assertThat(found).isEmpty();
        store.load(version, 3, found::add);
        assertThat(found).hasSize(many().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_database_that_fails_before_all_is_stored_has_all_in_the_end_also_when_it_loses_some(boolean loses)
            throws InterruptedException {
        OffsetVector upTo = ALL_OF_MANY;
        ReadModel readModel = ReadModel.of(PARTITION_INDEX, many().values().stream(), upTo);
        readModel.forgetStored();
        catchUp(readModel);
        var calls = new AtomicInteger();
        var failing = new SimpleMongoClientDatabaseFactory(
                client, database.getMongoDatabase().getName()) {
            @Override
            public MongoDatabase getMongoDatabase() {
                int call = calls.incrementAndGet();
                if (loses && call == 10)
                    super.getMongoDatabase().getCollection(version.aggregates()).deleteMany(new Document());
                if (call % 5 == 0) throw new MongoTimeoutException("The database takes its time.");
                return super.getMongoDatabase();
            }
        };
        var slow = new ReadModelStore(failing, new StoredOffsets(database, PARTITION_INDEX));
        try (var writer = writer(readModel, slow, version)) {
            Awaitility.await().until(() -> store.offsets(version).contain(upTo));
            assertThat(writer.version()).isEqualTo(version);
        }
        assertThat(store.offsets(version).contain(upTo)).isTrue();
        assertThat(loaded().values()).containsExactlyInAnyOrderElementsOf(many().values());
    }

    @Test
    void a_database_restored_from_an_older_backup_is_stored_anew() throws InterruptedException {
        Copy copy = start();
        while (copy.left() > 10) copy.readOne();
        catchUp(copy.readModel);
        try (var writer = writer(copy.readModel, store, null)) {
            await(writer, copy);
            List<Document> backup = everything();
            Document offsets = offsets();
            copy.readAll();
            await(writer, copy);
            restore(backup, offsets);
            Awaitility.await().until(() -> store.offsets(version).contain(copy.readModel.upTo()));
        }
        Copy next = start();
        assertThat(next.left()).isZero();
        assertThat(texts(next.readModel)).isEqualTo(folded());
    }

    @Test
    void whatever_keeps_it_from_storing_it_stores_again_afterwards() throws InterruptedException {
        Copy copy = start();
        copy.readAll();
        catchUp(copy.readModel);
        var pointers = database.getMongoDatabase().getCollection("read_models");
        pointers.insertOne(new Document("_id", ProjectionType.VERSION).append("serving", "no number"));
        try (var writer = writer(copy.readModel, store, null)) {
            Thread.sleep(200);
            pointers.replaceOne(
                    new Document("_id", ProjectionType.VERSION),
                    new Document("_id", ProjectionType.VERSION)
                            .append("serving", 1L)
                            .append("reserved", 1L));
            await(writer, copy);
        }
        assertThat(start().left()).isZero();
    }

    private static void catchUp(ReadModel readModel) {
        for (String topic : PARTITION_INDEX.topics()) readModel.readToEnd(topic, EventStories.START);
    }

    private static StoreWriter writer(ReadModel readModel, ReadModelStore into, @Nullable ReadModelVersion version) {
        return new StoreWriter(readModel, new ReentrantLock(), into, version, Duration.ofMillis(5));
    }

    private void await(StoreWriter writer, Copy copy) {
        Awaitility.await()
                .until(() -> writer.stored().contain(copy.readModel.upTo())
                        && store.offsets(version).contain(copy.readModel.upTo()));
    }

    private List<Document> everything() {
        return database.getMongoDatabase()
                .getCollection(version.aggregates())
                .find()
                .into(new ArrayList<>());
    }

    private Document offsets() {
        return database.getMongoDatabase().getCollection("offsets").find().first();
    }

    private void restore(List<Document> backup, Document offsets) {
        var aggregates = database.getMongoDatabase().getCollection(version.aggregates());
        aggregates.deleteMany(new Document());
        aggregates.insertMany(backup);
        var all = database.getMongoDatabase().getCollection("offsets");
        all.deleteMany(new Document());
        all.insertOne(offsets);
    }
}
