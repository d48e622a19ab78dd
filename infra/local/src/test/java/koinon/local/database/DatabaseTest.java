package koinon.local.database;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteUpsert;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import koinon.local.process.Ports;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("parts")
class DatabaseTest {

    @TempDir
    Path folder;

    @Test
    @Tag("restarts")
    void every_acknowledged_write_survives_a_kill() {
        int acknowledged = 0;
        for (int round = 1; round <= 3; round++) {
            try (Database database = embedded()) {
                try (MongoClient client = MongoClients.create(database.uri())) {
                    things(client).deleteOne(eq("_id", acknowledged)); // begun before the kill, never acknowledged
                    acknowledged = writeUntilKilled(database, things(client), acknowledged);
                }
            }
        }
        try (Database database = embedded();
                MongoClient client = MongoClients.create(database.uri())) {
            for (int i = 0; i < acknowledged; i++)
                assertThat(things(client).find(eq("_id", i)).first())
                        .as("document %s of %s", i, acknowledged)
                        .containsEntry("written", true);
        }
    }

    private static int writeUntilKilled(Database database, MongoCollection<Document> things, int from) {
        var next = new AtomicInteger(from);
        var killed = CompletableFuture.runAsync(() -> {
            while (next.get() < from + 200) Thread.onSpinWait();
            database.process().orElseThrow().kill();
        });
        assertThatThrownBy(() -> {
                    while (true) {
                        things.insertOne(new Document("_id", next.get()));
                        things.updateOne(eq("_id", next.get()), set("written", true));
                        next.incrementAndGet();
                    }
                })
                .isInstanceOf(MongoException.class);
        killed.join();
        return next.get();
    }

    @Test
    void a_reader_never_sees_half_of_an_update() {
        try (Database database = embedded();
                MongoClient client = MongoClients.create(database.uri())) {
            var things = things(client);
            var halves = new Document("_id", "one").append("first", 0);
            for (int i = 0; i < 2_000; i++) halves.append("filler" + i, "x".repeat(20));
            things.insertOne(halves.append("last", 0));

            var done = new AtomicBoolean();
            var reader = CompletableFuture.supplyAsync(() -> {
                int torn = 0;
                while (!done.get()) {
                    Document seen = things.find(eq("_id", "one")).first();
                    if (!seen.get("first").equals(seen.get("last"))) torn++;
                }
                return torn;
            });
            for (int i = 0; i < 500; i++) things.updateOne(eq("_id", "one"), combine(inc("first", 1), inc("last", 1)));
            done.set(true);

            assertThat(reader.join()).isZero();
        }
    }

    @Test
    void it_answers_hello_as_health_checks_ask() {
        try (Database database = embedded();
                MongoClient client = MongoClients.create(database.uri())) {
            assertThat(client.getDatabase("koinon_test").runCommand(new Document("hello", 1)))
                    .containsEntry("isWritablePrimary", true)
                    .containsKey("maxWireVersion");
        }
    }

    @Test
    void a_bulk_of_updates_is_answered_as_one() {
        try (Database database = embedded();
                MongoClient client = MongoClients.create(database.uri())) {
            var things = things(client);
            things.insertOne(new Document("_id", 0));
            var updates = new ArrayList<>(
                    Collections.nCopies(60, new UpdateOneModel<Document>(eq("_id", 0), inc("number", 1))));
            updates.set(30, new UpdateOneModel<>(eq("_id", 0), set("_id", 1)));
            updates.set(45, new UpdateOneModel<>(eq("_id", 45), set("number", 1), new UpdateOptions().upsert(true)));
            updates.set(59, new UpdateOneModel<>(eq("_id", 59), set("number", 1), new UpdateOptions().upsert(true)));

            assertThatThrownBy(() -> things.bulkWrite(updates, new BulkWriteOptions().ordered(false)))
                    .isInstanceOfSatisfying(MongoBulkWriteException.class, it -> {
                        assertThat(it.getWriteErrors())
                                .extracting(BulkWriteError::getIndex)
                                .containsExactly(30);
                        assertThat(it.getWriteResult().getModifiedCount()).isEqualTo(57);
                        assertThat(it.getWriteResult().getUpserts())
                                .extracting(BulkWriteUpsert::getIndex)
                                .containsExactly(45, 59);
                    });
            assertThat(things.find(eq("_id", 0)).first()).containsEntry("number", 57);
        }
    }

    @Test
    void a_temporary_database_is_ready_and_empty() {
        try (Database database = Database.temporary();
                MongoClient client = MongoClients.create(database.uri())) {
            assertThat(client.getDatabase("koinon_never_used").listCollectionNames())
                    .isEmpty();
        }
    }

    @Test
    void a_named_server_is_taken_first() {
        var environment = Map.of("KOINON_MONGODB_URI", "mongodb://elsewhere:27017", "PATH", folder.toString());

        Database database = Database.choose(environment, folder, 1, log());

        assertThat(database.uri()).isEqualTo("mongodb://elsewhere:27017");
        assertThat(database.origin()).contains("KOINON_MONGODB_URI");
        assertThat(database.process()).isEmpty();
    }

    @Test
    void a_mongod_on_the_path_is_taken_before_what_others_offer() throws Exception {
        Path path = Files.createDirectories(folder.resolve("bin"));
        Path mongod = Files.writeString(path.resolve("mongod"), "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(mongod, PosixFilePermissions.fromString("rwx------"));

        try (Database database =
                Database.choose(Map.of("PATH", "/nowhere:" + path), folder, 27999, log(), this::container)) {
            database.process().orElseThrow().ended().join();
            assertThat(database.origin()).startsWith(mongod.toString());
            assertThat(log()).content().contains("--port 27999 --bind_ip 127.0.0.1");
        }
    }

    @Test
    void what_others_offer_is_taken_before_the_stand_in() {
        Database database = Database.choose(Map.of(), folder, 1, log(), Optional::empty, this::container);

        assertThat(database.origin()).isEqualTo("a container");
    }

    @Test
    void without_anything_else_it_is_the_stand_in_and_says_so() {
        try (Database database = Database.choose(Map.of(), folder, Ports.free(), log())) {
            assertThat(database.awaitReady().origin()).contains("stand-in");
        }
    }

    private Optional<Database> container() {
        return Optional.of(Database.at("mongodb://container", "a container", () -> {}));
    }

    private Database embedded() {
        return Database.embedded(Database.HEAP, folder, Ports.free(), log()).awaitReady();
    }

    private Path log() {
        return folder.resolve("database.log");
    }

    private static MongoCollection<Document> things(MongoClient client) {
        return client.getDatabase("koinon_test").getCollection("things");
    }
}
