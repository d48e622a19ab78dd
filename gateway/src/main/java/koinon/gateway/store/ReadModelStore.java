package koinon.gateway.store;

import static com.mongodb.client.model.Filters.eq;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.StoredOffsets;
import koinon.gateway.readmodel.ProjectionType;
import koinon.gateway.topics.ProjectedAggregate;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/// Stores read models in the database, many aggregates of a partition in one document ([Bucket]). A document only ever
/// advances to a later offset, so any number of instances can write at the same time. If one ends between two writes,
/// the stored aggregates contain at least everything up to the stored offsets.
@Component
final class ReadModelStore {

    private static final int DUPLICATE = 11000;
    private static final int READ_AT_ONCE = 25;

    /// Pieces that are read and whose aggregates are not passed on yet.
    private static final int MOST_AHEAD = 100;

    /// Buckets per write: small enough for a slow database to answer in time and to let others write in between.
    static final int BULK = 20;

    /// Bytes of a document, well below the limit of 16 MB.
    private static final int MOST_BYTES = 4_000_000;

    private static final String POINTERS = "read_models";

    private final MongoDatabaseFactory database;
    private final StoredOffsets offsets;
    private final int mostBytes;

    @Autowired
    ReadModelStore(MongoDatabaseFactory database, StoredOffsets offsets) {
        this(database, offsets, MOST_BYTES);
    }

    ReadModelStore(MongoDatabaseFactory database, StoredOffsets offsets, int mostBytes) {
        this.database = database;
        this.offsets = offsets;
        this.mostBytes = mostBytes;
    }

    /// The version that instances load and store; created on the first call.
    ReadModelVersion serving() {
        var pointer = eq("_id", ProjectionType.VERSION);
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
        return ReadModelVersion.of(found.getLong("serving"));
    }

    /// A new version that no other instance writes.
    ReadModelVersion reserve() {
        serving();
        @Nullable
        Document after = pointers()
                .findOneAndUpdate(
                        eq("_id", ProjectionType.VERSION),
                        inc("reserved", 1L),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (after == null) throw new MongoException("The document that names the current read model was deleted.");
        return ReadModelVersion.of(after.getLong("reserved"));
    }

    /// Makes this version the current one.
    ///
    /// @return false if a later version is the current one
    boolean serve(ReadModelVersion next) {
        pointers().updateOne(eq("_id", next.version()), max("serving", next.number()));
        return serving().equals(next);
    }

    /// Whether this version was compared with what the services have published and lacked nothing.
    boolean isConfirmed(ReadModelVersion of) {
        @Nullable Document found = pointers().find(eq("_id", of.version())).first();
        return found != null && Boolean.TRUE.equals(found.getBoolean(confirmed(of)));
    }

    /// Stores that it was.
    void confirm(ReadModelVersion of) {
        pointers().updateOne(eq("_id", of.version()), set(confirmed(of), true));
    }

    private static String confirmed(ReadModelVersion of) {
        return "confirmed" + of.number();
    }

    /// Deletes all versions before `next`, except for the one that it replaced.
    void dropBefore(ReadModelVersion next, ReadModelVersion replaced) {
        for (String name : database.getMongoDatabase().listCollectionNames()) {
            boolean older = ReadModelVersion.named(name)
                    .filter(it -> it.version() == next.version() && it.number() < next.number())
                    .isPresent();
            if (!older || name.equals(replaced.aggregates()) || name.equals(replaced.timelines())) continue;
            collection(name).drop();
            offsets.forget(name);
        }
    }

    /// The offsets that the stored aggregates contain, whichever instance stored them.
    OffsetVector offsets(ReadModelVersion of) {
        return offsets.of(of.aggregates());
    }

    /// The offsets that the stored timelines contain.
    OffsetVector timelineOffsets(ReadModelVersion of) {
        return offsets.of(of.timelines());
    }

    /// Stores that the aggregates contain these offsets.
    void advance(ReadModelVersion of, OffsetVector upTo) {
        offsets.advance(of.aggregates(), upTo);
    }

    /// Passes every stored aggregate to a consumer, in the thread of the caller. An aggregate whose partition changed
    /// may come twice.
    void load(ReadModelVersion from, Consumer<ProjectedAggregate> each) {
        load(from, new Document(), each);
    }

    /// Passes every stored aggregate of a partition to a consumer.
    ///
    /// @param place index of the partition
    void load(ReadModelVersion from, int place, Consumer<ProjectedAggregate> each) {
        load(from, new Document("_id", new Document("$gt", place + "/").append("$lt", place + "0")), each);
    }

    /// Reads in the thread of the caller; every processor decompresses and parses meanwhile what was read before.
    private void load(ReadModelVersion from, Document filter, Consumer<ProjectedAggregate> each) {
        Queue<CompletableFuture<List<ProjectedAggregate>>> parsed = new ArrayDeque<>();
        try (var parsers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
                var found = collection(from.aggregates())
                        .find(filter)
                        .batchSize(READ_AT_ONCE)
                        .cursor()) {
            while (found.hasNext()) {
                Document it = found.next();
                var piece = new Bucket.Piece(it.getString("_id"), it.get("content", Binary.class));
                parsed.add(CompletableFuture.supplyAsync(() -> Bucket.aggregates(piece), parsers));
                if (parsed.size() > MOST_AHEAD) parsed.remove().join().forEach(each);
            }
            parsed.forEach(it -> it.join().forEach(each));
        }
    }

    /// Stores buckets, except for those that are stored as of the same or a later offset.
    ///
    /// @param buckets at most [#BULK]; each contains exactly what follows from the events before the offset of its
    ///     partition
    void write(ReadModelVersion to, OffsetVector upTo, Map<Bucket, List<ProjectedAggregate>> buckets) {
        if (buckets.isEmpty()) return;
        long[] next = upTo.next();
        List<UpdateOneModel<Document>> upserts = new ArrayList<>();
        buckets.forEach((bucket, aggregates) -> bucket.pieces(aggregates, mostBytes)
                .forEach(piece -> upserts.add(upsert(piece, next[bucket.place()]))));
        MongoCollection<Document> collection = collection(to.aggregates());
        try {
            collection.bulkWrite(upserts, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(it -> it.getCode() != DUPLICATE)
                    || e.getWriteConcernError() != null) throw e;
            // The same or a later offset is stored, or another instance inserted the document first: it exists now.
            List<UpdateOneModel<Document>> updates = e.getWriteErrors().stream()
                    .map(BulkWriteError::getIndex)
                    .map(upserts::get)
                    .map(it -> new UpdateOneModel<Document>(it.getFilter(), it.getUpdate()))
                    .toList();
            collection.bulkWrite(updates, new BulkWriteOptions().ordered(false));
        }
    }

    private static UpdateOneModel<Document> upsert(Bucket.Piece it, long next) {
        // `_id` at the top level and not inside `$and`, so that every database uses its index.
        var older = new Document("_id", it.id()).append("next", new Document("$not", new Document("$gte", next)));
        return new UpdateOneModel<>(
                older, combine(set("next", next), set("content", it.content())), new UpdateOptions().upsert(true));
    }

    /// Whether this bucket is stored as of this offset or a later one.
    boolean contains(ReadModelVersion version, Bucket bucket, long next) {
        String prefix = bucket.place() + "/" + bucket.number();
        return collection(version.aggregates())
                        .find(new Document("_id", new Document("$gt", prefix + "/").append("$lt", prefix + "0"))
                                .append("next", new Document("$gte", next)))
                        .first()
                != null;
    }

    private MongoCollection<Document> pointers() {
        return collection(POINTERS);
    }

    private MongoCollection<Document> collection(String name) {
        return database.getMongoDatabase().getCollection(name);
    }
}
