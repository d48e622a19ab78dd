package koinon.eventing.document;

import koinon.eventing.model.EventEnvelope;
import koinon.eventing.redaction.Redactions;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Update;

/// Writes replicas of another service's data. Each event is guarded by its sequence, so that a duplicate, late or
/// replayed event has no effect.
public final class ReplicaWriter {

    private final MongoOperations mongo;

    ReplicaWriter(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Inserts a document that one event creates and nothing changes; a repetition has no effect.
    ///
    /// @param document with the id that follows from the event
    public void keep(Object document) {
        try {
            mongo.insert(document);
        } catch (DuplicateKeyException _) {
            // The same event, delivered again.
        }
    }

    /// Redacts texts in every document of a type whose id begins like this; a repetition has no effect.
    public <T> void redact(Class<T> type, String ids, Redactions redactions) {
        Document range = new Document("$gte", ids).append("$lt", ids + Character.MAX_VALUE);
        for (T it : mongo.find(new BasicQuery(new Document("_id", range)), type)) {
            T redacted = redactions.applied(it);
            if (!redacted.equals(it)) mongo.save(redacted);
        }
    }

    /// Sets fields of the document with this id, and creates the document if it does not exist.
    ///
    /// @param update sets fields and never increments them (`$addToSet` of a constant is allowed)
    public void set(Class<?> type, String id, EventEnvelope envelope, Update update) {
        String seen = "seen." + envelope.subject();
        Document notSeen = new Document("$not", new Document("$gte", envelope.sequence()));
        // `_id` first and not inside `$and`, so that every database finds it by its index.
        BasicQuery query = new BasicQuery(new Document("_id", id).append(seen, notSeen));
        String collection = mongo.getCollectionName(type);
        Update guarded = update.set(seen, envelope.sequence());
        try {
            mongo.upsert(query, guarded, collection);
        } catch (DuplicateKeyException _) {
            // A late event, or a lost race of two first writes: then the document is there now.
            mongo.updateFirst(query, guarded, collection);
        }
    }
}
