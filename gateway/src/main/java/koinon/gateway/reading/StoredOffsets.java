package koinon.gateway.reading;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/// How far each collection that is filled from the topics contains them. Offsets only ever grow and are written after
/// what they contain, whichever copy of the gateway writes.
@Component
public final class StoredOffsets {

    private final MongoDatabaseFactory database;
    private final Places places;

    public StoredOffsets(MongoDatabaseFactory database, Places places) {
        this.database = database;
        this.places = places;
    }

    /// Everything up to these is in the collection.
    ///
    /// @throws com.mongodb.MongoException when the database is away
    public Offsets of(String collection) {
        @Nullable Document found = offsets().find(eq("_id", collection)).first();
        if (found == null) return places.beginning();
        int count = places.count();
        while (found.containsKey(field(count))) count++;
        return Offsets.of(IntStream.range(0, count)
                .mapToLong(place -> found.get(field(place)) instanceof Long next ? next : 0)
                .toArray());
    }

    /// Says that everything up to these is in the collection.
    ///
    /// @throws com.mongodb.MongoException when the database is away
    public void advance(String collection, Offsets upTo) {
        long[] next = upTo.next();
        offsets()
                .updateOne(
                        eq("_id", collection),
                        combine(IntStream.range(0, next.length)
                                .mapToObj(place -> max(field(place), next[place]))
                                .toList()),
                        new UpdateOptions().upsert(true));
    }

    /// The collection is no more.
    ///
    /// @throws com.mongodb.MongoException when the database is away
    public void forget(String collection) {
        offsets().deleteOne(eq("_id", collection));
    }

    private MongoCollection<Document> offsets() {
        return database.getMongoDatabase().getCollection("offsets");
    }

    private static String field(int place) {
        return "place" + place;
    }
}
