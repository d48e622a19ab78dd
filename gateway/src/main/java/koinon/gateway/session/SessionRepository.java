package koinon.gateway.session;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import koinon.eventing.document.EventJson;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/// Stores sessions, one document each, with their tokens sealed. Every method throws `MongoException` when the
/// database is unavailable.
@Component
final class SessionRepository {

    private final MongoDatabaseFactory database;
    private final Seal seal;

    SessionRepository(MongoDatabaseFactory database, Seal seal) {
        this.database = database;
        this.seal = seal;
    }

    void add(Session it) {
        collection()
                .insertOne(new Document("_id", it.id())
                        .append("subject", it.subject())
                        .append("name", it.name())
                        .append("tokens", sealed(it))
                        .append("csrf", it.csrf())
                        .append("created", Date.from(it.created()))
                        .append("seen", Date.from(it.seen()))
                        .append("until", Date.from(it.until()))
                        .append("version", it.version()));
    }

    /// Empty too if its tokens do not open, because they were sealed with a key that is gone.
    Optional<Session> find(String id) {
        @Nullable Document found = collection().find(eq("_id", id)).first();
        return found == null ? Optional.empty() : session(found);
    }

    /// The sessions of a person that have not reached their end, newest first.
    List<Session> of(String subject, Instant now) {
        List<Session> all = new ArrayList<>();
        for (Document it : collection()
                .find(and(eq("subject", subject), gt("until", Date.from(now))))
                .sort(new Document("created", -1))) session(it).ifPresent(all::add);
        return all;
    }

    /// Those of these sessions that are stored.
    Set<String> existing(Collection<String> ids) {
        return collection()
                .find(in("_id", ids))
                .projection(Projections.include("_id"))
                .map(it -> it.getString("_id"))
                .into(new HashSet<>());
    }

    void see(Session it) {
        collection().updateOne(eq("_id", it.id()), Updates.max("seen", Date.from(it.seen())));
    }

    /// Stores the tokens and the claim of a session, unless it has another version meanwhile.
    ///
    /// @param next one version later
    boolean replace(Session next) {
        Bson change = Updates.combine(
                Updates.set("tokens", sealed(next)),
                Updates.set("claimedUntil", next.claimedUntil() == null ? null : Date.from(next.claimedUntil())),
                Updates.set("version", next.version()));
        return collection()
                        .updateOne(and(eq("_id", next.id()), eq("version", next.version() - 1)), change)
                        .getModifiedCount()
                == 1;
    }

    void delete(String id) {
        collection().deleteOne(eq("_id", id));
    }

    void deleteOf(String subject) {
        collection().deleteMany(eq("subject", subject));
    }

    /// Deletes the sessions that are over.
    ///
    /// @param unseenSince when those that are idle were last used at the latest
    void deleteOver(Instant now, Instant unseenSince) {
        collection().deleteMany(lte("until", Date.from(now)));
        collection().deleteMany(lte("seen", Date.from(unseenSince)));
    }

    void createIndexes() {
        collection().createIndex(Indexes.ascending("subject"));
        collection().createIndex(Indexes.ascending("until"));
        collection().createIndex(Indexes.ascending("seen"));
    }

    private Optional<Session> session(Document it) {
        String id = it.getString("_id");
        return seal.open(purpose(id), it.getString("tokens"))
                .map(tokens -> new Session(
                        id,
                        it.getString("subject"),
                        it.getString("name"),
                        EventJson.mapper().readValue(tokens, Session.Tokens.class),
                        it.getString("csrf"),
                        it.getDate("created").toInstant(),
                        it.getDate("seen").toInstant(),
                        it.getDate("until").toInstant(),
                        it.getLong("version"),
                        it.getDate("claimedUntil") == null
                                ? null
                                : it.getDate("claimedUntil").toInstant()));
    }

    private String sealed(Session it) {
        return seal.seal(purpose(it.id()), EventJson.mapper().writeValueAsString(it.tokens()));
    }

    private static String purpose(String id) {
        return "session " + id;
    }

    private MongoCollection<Document> collection() {
        return database.getMongoDatabase().getCollection("sessions");
    }
}
