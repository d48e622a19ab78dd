package koinon.platform.document;

import koinon.platform.model.Heard;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Update;

/// Writes what is known of another service's things, each event under its guard: a duplicate, a late or a replayed
/// event has no effect.
public final class Known {

    private final MongoOperations mongo;

    Known(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Keeps a document that an event makes once and that nothing changes; a repetition has no effect.
    ///
    /// @param document with the id that follows from the event
    public void keep(Object document) {
        try {
            mongo.insert(document);
        } catch (DuplicateKeyException _) {
            // The same event, delivered again.
        }
    }

    /// Sets what an event says in the document of this id, which is created when it is not there yet.
    ///
    /// @param update sets fields and never adds to what is there (`$addToSet` of a constant is setting)
    public void set(Class<?> type, String id, Heard heard, Update update) {
        String seen = "seen." + heard.subject();
        Document notSeen = new Document("$not", new Document("$gte", heard.sequence()));
        // `_id` first and not inside `$and`, so that every database finds it by its index.
        BasicQuery query = new BasicQuery(new Document("_id", id).append(seen, notSeen));
        String collection = mongo.getCollectionName(type);
        Update guarded = update.set(seen, heard.sequence());
        try {
            mongo.upsert(query, guarded, collection);
        } catch (DuplicateKeyException _) {
            // A late event, or a lost race of two first writes: then the document is there now.
            mongo.updateFirst(query, guarded, collection);
        }
    }
}
