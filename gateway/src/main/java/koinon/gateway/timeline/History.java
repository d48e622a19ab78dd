package koinon.gateway.timeline;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/// Every event of every project in the database, a document each, whose `_id` puts those of a project one after
/// another in their order. Written twice it is the same document.
@Component
final class History {

    private static final int DUPLICATE = 11000;

    private final MongoDatabaseFactory database;

    History(MongoDatabaseFactory database) {
        this.database = database;
    }

    /// @throws com.mongodb.MongoException when the database is away
    void add(String collection, List<Happened> some) {
        try {
            collection(collection)
                    .insertMany(some.stream().map(History::document).toList(), new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(it -> it.getCode() != DUPLICATE)
                    || e.getWriteConcernError() != null) throw e;
        }
    }

    /// Those of a project that come after a key, in their order.
    ///
    /// @throws com.mongodb.MongoException when the database is away
    List<Entry> of(String collection, String project, String after, int limit) {
        // `_id` alone and not inside `$and`, so that every database finds the range by its index.
        var range = new Document("$gt", project + " " + after).append("$lt", project + "!");
        return collection(collection)
                .find(new Document("_id", range))
                .sort(Sorts.ascending("_id"))
                .limit(limit)
                .map(History::entry)
                .into(new ArrayList<>());
    }

    /// The ids of those that are not stored as they happened.
    ///
    /// @throws com.mongodb.MongoException when the database is away
    List<String> missing(String collection, List<Happened> some) {
        Map<String, Document> expected =
                some.stream().map(History::document).collect(Collectors.toMap(it -> it.getString("_id"), it -> it));
        for (Document it : collection(collection).find(in("_id", expected.keySet())))
            expected.remove(it.getString("_id"), it);
        return expected.values().stream().map(it -> it.getString("position")).toList();
    }

    private static Document document(Happened it) {
        Entry entry = it.entry();
        return new Document("_id", it.project() + " " + entry.key())
                .append("position", entry.position())
                .append("at", entry.at().toString())
                .append("type", entry.type())
                .append("actor", entry.actor())
                .append("mandate", entry.mandate())
                .append("cause", entry.cause())
                .append("facts", entry.facts());
    }

    private static Entry entry(Document it) {
        return new Entry(
                it.getString("position"),
                Instant.parse(it.getString("at")),
                it.getString("type"),
                it.getString("actor"),
                it.getString("mandate"),
                it.getString("cause"),
                it.getString("facts"));
    }

    private MongoCollection<Document> collection(String name) {
        return database.getMongoDatabase().getCollection(name);
    }
}
