package koinon.eventing.topic;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/// The offsets of each collection that is filled from the topics. They only grow, and are written after the
/// documents that they cover, whichever instance writes.
public final class StoredOffsets {

    private final MongoDatabaseFactory database;
    private final PartitionIndex partitionIndex;

    public StoredOffsets(MongoDatabaseFactory database, PartitionIndex partitionIndex) {
        this.database = database;
        this.partitionIndex = partitionIndex;
    }

    /// The collection contains all events up to these offsets.
    ///
    /// @throws com.mongodb.MongoException when the database is unavailable
    public OffsetVector of(String collection) {
        @Nullable
        Document found = offsets().find(new Document("_id", collection)).first();
        if (found == null) return partitionIndex.beginning();
        int count = partitionIndex.count();
        while (found.containsKey(field(count))) count++;
        return OffsetVector.of(IntStream.range(0, count)
                .mapToLong(place -> found.get(field(place)) instanceof Long next ? next : 0)
                .toArray());
    }

    /// Stores that the collection contains all events up to these offsets.
    ///
    /// @throws com.mongodb.MongoException when the database is unavailable
    public void advance(String collection, OffsetVector upTo) {
        long[] next = upTo.next();
        Document later = new Document();
        for (int place = 0; place < next.length; place++) later.append(field(place), next[place]);
        offsets()
                .updateOne(
                        new Document("_id", collection), new Document("$max", later), new UpdateOptions().upsert(true));
    }

    /// Removes the offsets of a deleted collection.
    ///
    /// @throws com.mongodb.MongoException when the database is unavailable
    public void forget(String collection) {
        offsets().deleteOne(new Document("_id", collection));
    }

    private MongoCollection<Document> offsets() {
        return database.getMongoDatabase().getCollection("offsets");
    }

    private static String field(int place) {
        return "place" + place;
    }
}
