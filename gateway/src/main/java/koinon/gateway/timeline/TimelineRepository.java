package koinon.gateway.timeline;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import koinon.eventing.document.EventJson;
import koinon.eventing.redaction.Redactions;
import koinon.gateway.lifecycle.LifecycleState;
import org.bson.Document;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/// Stores the events of all projects, one document each; its `_id` keeps the events of a project together and in
/// order. Writing an event twice yields the same document.
@Component
final class TimelineRepository {

    private static final int DUPLICATE = 11000;

    private final MongoDatabaseFactory database;

    TimelineRepository(MongoDatabaseFactory database) {
        this.database = database;
    }

    /// @throws com.mongodb.MongoException when the database is unavailable
    void add(String collection, List<ProjectEventRecord> some) {
        try {
            collection(collection)
                    .insertMany(
                            some.stream().map(TimelineRepository::document).toList(),
                            new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(it -> it.getCode() != DUPLICATE)
                    || e.getWriteConcernError() != null) throw e;
        }
    }

    /// Redacts what some of these events redact, in all events of their projects. A repetition has no effect.
    ///
    /// @throws com.mongodb.MongoException when the database is unavailable
    void redact(String collection, List<ProjectEventRecord> some) {
        for (ProjectEventRecord it : some) {
            if (it.redactions().digests().isEmpty()) continue;
            for (TimelineEntry entry :
                    of(collection, it.project(), TimelineRange.first(TimelineRange.Order.ASC, Integer.MAX_VALUE))) {
                TimelineEntry redacted = entry.without(it.redactions());
                if (!redacted.equals(entry))
                    collection(collection)
                            .updateOne(
                                    new Document("_id", it.project() + " " + entry.key()),
                                    new Document(
                                            "$set",
                                            new Document("facts", redacted.facts())
                                                    .append(
                                                            "change",
                                                            EventJson.mapper().writeValueAsString(redacted.change()))));
            }
        }
    }

    /// A part of the timeline of a project.
    ///
    /// @throws com.mongodb.MongoException when the database is unavailable
    List<TimelineEntry> of(String collection, String project, TimelineRange range) {
        String after = project + " " + range.after();
        boolean isBounded = range.isDescending() && !range.after().isEmpty();
        // `_id` at the top level and not inside `$and`, so that every database uses its index for the range.
        var ids = new Document("$gt", range.isDescending() ? project + " " : after)
                .append("$lt", isBounded ? after : project + "!");
        return collection(collection)
                .find(new Document("_id", ids))
                .sort(range.isDescending() ? Sorts.descending("_id") : Sorts.ascending("_id"))
                .limit(range.limit())
                .map(TimelineRepository::entry)
                .into(new ArrayList<>());
    }

    /// The ids of the events that are missing in the collection or differ from it.
    ///
    /// @param redactions of a project; a redacted text is no difference
    /// @throws com.mongodb.MongoException when the database is unavailable
    List<String> missing(String collection, List<ProjectEventRecord> some, Function<String, Redactions> redactions) {
        Map<String, TimelineEntry> expected = new HashMap<>();
        for (ProjectEventRecord it : some)
            expected.put(it.project() + " " + it.entry().key(), it.entry().without(redactions.apply(it.project())));
        for (Document it : collection(collection).find(in("_id", Set.copyOf(expected.keySet())))) {
            String id = it.getString("_id");
            expected.remove(id, entry(it).without(redactions.apply(id.substring(0, id.indexOf(' ')))));
        }
        return expected.values().stream().map(TimelineEntry::position).toList();
    }

    private static Document document(ProjectEventRecord it) {
        TimelineEntry entry = it.entry();
        return new Document("_id", it.project() + " " + entry.key())
                .append("position", entry.position())
                .append("at", entry.at().toString())
                .append("type", entry.type())
                .append("actor", entry.actor())
                .append("mandate", entry.mandate())
                .append("cause", entry.cause())
                .append("facts", entry.facts())
                .append("change", EventJson.mapper().writeValueAsString(entry.change()));
    }

    private static TimelineEntry entry(Document it) {
        return new TimelineEntry(
                it.getString("position"),
                Instant.parse(it.getString("at")),
                it.getString("type"),
                it.getString("actor"),
                it.getString("mandate"),
                it.getString("cause"),
                it.getString("facts"),
                EventJson.mapper().readValue(it.getString("change"), LifecycleState.Change.class));
    }

    private MongoCollection<Document> collection(String name) {
        return database.getMongoDatabase().getCollection(name);
    }
}
