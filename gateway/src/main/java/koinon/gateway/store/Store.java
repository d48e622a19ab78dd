package koinon.gateway.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.gateway.picture.Kind;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Source;
import koinon.gateway.reading.StoredOffsets;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/// Pictures in the database: a document for each source, which only ever goes forward. So any number of copies may
/// write at once, and whatever dies between two writes, what is stored contains at least everything up to its
/// offsets.
@Component
final class Store {

    private static final int DUPLICATE = 11000;
    private static final int LOADED_AT_ONCE = 1_000;

    /// So that a slow database answers in time, and lets others write in between.
    static final int BULK = 100;

    private static final String POINTERS = "pictures";

    private final MongoDatabaseFactory database;
    private final StoredOffsets offsets;

    Store(MongoDatabaseFactory database, StoredOffsets offsets) {
        this.database = database;
        this.offsets = offsets;
    }

    /// The generation that copies with this version of the fold load and store; the first one is named here.
    Generation serving() {
        var pointer = eq("_id", Kind.VERSION);
        @Nullable Document found = pointers().find(pointer).first();
        if (found == null) {
            try {
                pointers()
                        .updateOne(
                                pointer,
                                combine(setOnInsert("serving", 1L), setOnInsert("reserved", 1L)),
                                new UpdateOptions().upsert(true));
            } catch (MongoWriteException e) {
                if (e.getCode() != DUPLICATE) throw e;
            }
            return serving();
        }
        return Generation.of(found.getLong("serving"));
    }

    /// A new generation that nobody else fills.
    Generation reserve() {
        serving();
        @Nullable
        Document after = pointers()
                .findOneAndUpdate(
                        eq("_id", Kind.VERSION),
                        inc("reserved", 1L),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (after == null) throw new MongoException("The pointer to the stored picture is gone.");
        return Generation.of(after.getLong("reserved"));
    }

    /// Makes this one the one that serves.
    ///
    /// @return whether it does; a later one may have overtaken it
    boolean serve(Generation next) {
        pointers().updateOne(eq("_id", next.version()), max("serving", next.number()));
        return serving().equals(next);
    }

    /// Whether this one had everything that was published when it was compared with that.
    boolean isConfirmed(Generation of) {
        @Nullable Document found = pointers().find(eq("_id", of.version())).first();
        return found != null && Boolean.TRUE.equals(found.getBoolean(confirmed(of)));
    }

    /// Says that it has.
    void confirm(Generation of) {
        pointers().updateOne(eq("_id", of.version()), set(confirmed(of), true));
    }

    private static String confirmed(Generation of) {
        return "confirmed" + of.number();
    }

    /// Deletes what came before the one that this one took the place of.
    void dropBefore(Generation next, Generation replaced) {
        for (String name : database.getMongoDatabase().listCollectionNames()) {
            boolean older = Generation.named(name)
                    .filter(it -> it.version() == next.version() && it.number() < next.number())
                    .isPresent();
            if (!older || name.equals(replaced.sources()) || name.equals(replaced.history())) continue;
            collection(name).drop();
            offsets.forget(name);
        }
    }

    /// Everything up to these offsets is stored, whoever stored it.
    Offsets offsets(Generation of) {
        return offsets.of(of.sources());
    }

    /// The timelines of everything up to these offsets are stored.
    Offsets historyOffsets(Generation of) {
        return offsets.of(of.history());
    }

    /// Says that everything up to these offsets is stored.
    void advance(Generation of, Offsets upTo) {
        offsets.advance(of.sources(), upTo);
    }

    /// Hands over every stored source.
    void load(Generation from, Consumer<Source> each) {
        try (var found =
                collection(from.sources()).find().batchSize(LOADED_AT_ONCE).cursor()) {
            while (found.hasNext()) each.accept(source(found.next()));
        }
    }

    /// Those of these subjects that are stored.
    Map<String, Source> find(Generation from, Collection<String> subjects) {
        Map<String, Source> found = new HashMap<>();
        for (List<String> some : bulks(List.copyOf(subjects)))
            for (Document it : collection(from.sources()).find(in("_id", some)))
                found.put(it.getString("_id"), source(it));
        return found;
    }

    private static <T> List<List<T>> bulks(List<T> all) {
        return IntStream.iterate(0, it -> it < all.size(), it -> it + BULK)
                .mapToObj(it -> all.subList(it, Math.min(all.size(), it + BULK)))
                .toList();
    }

    private static Source source(Document it) {
        String subject = it.getString("_id");
        return new Source(
                subject,
                it.getLong("sequence"),
                it.getInteger("place"),
                it.getLong("offset"),
                it.getLong("changed"),
                Instant.parse(it.getString("at")),
                it.getLong("publicChanged"),
                Instant.parse(it.getString("publicAt")),
                Kind.kept(subject.substring(0, subject.indexOf('/')), it.getString("kept")));
    }

    /// Stores these sources, except for those of which as much or more is stored.
    void write(Generation to, List<Source> changed) {
        for (List<Source> some : bulks(changed)) writeBulk(collection(to.sources()), some);
    }

    private static void writeBulk(MongoCollection<Document> sources, List<Source> some) {
        List<UpdateOneModel<Document>> upserts =
                some.stream().map(it -> update(it, true)).toList();
        try {
            sources.bulkWrite(upserts, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(it -> it.getCode() != DUPLICATE)
                    || e.getWriteConcernError() != null) throw e;
            // As much is stored already, or a race of two first writes was lost: then the document is there now.
            List<UpdateOneModel<Document>> updates = e.getWriteErrors().stream()
                    .map(BulkWriteError::getIndex)
                    .map(it -> update(some.get(it), false))
                    .toList();
            sources.bulkWrite(updates, new BulkWriteOptions().ordered(false));
        }
    }

    private static UpdateOneModel<Document> update(Source it, boolean upsert) {
        // `_id` first and not inside `$and`, so that every database finds it by its index.
        var older = new Document("_id", it.subject())
                .append("sequence", new Document("$not", new Document("$gte", it.sequence())));
        return new UpdateOneModel<>(
                older,
                combine(Stream.of(
                                set("sequence", it.sequence()),
                                set("place", it.place()),
                                set("offset", it.offset()),
                                set("changed", it.changed()),
                                set("at", it.at().toString()),
                                set("publicChanged", it.publicChanged()),
                                set("publicAt", it.publicAt().toString()),
                                set("kept", Kind.text(it)))
                        .toList()),
                new UpdateOptions().upsert(upsert));
    }

    private MongoCollection<Document> pointers() {
        return collection(POINTERS);
    }

    private MongoCollection<Document> collection(String name) {
        return database.getMongoDatabase().getCollection(name);
    }
}
