package koinon.eventing.document;

import com.mongodb.client.result.UpdateResult;
import java.util.function.Supplier;
import koinon.eventing.command.Command;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Update;

/// The Idempotency-Keys of requests that create one or many resources. Such a key belongs to caller and path. It is
/// a document with the digest of the request and its result, and is never deleted.
public final class IdempotencyKeys {

    private final MongoOperations mongo;

    IdempotencyKeys(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// A key that was used.
    ///
    /// @param id `<caller> <path> <key>`
    /// @param result as JSON; absent while the request is processed, or after a crash
    @org.springframework.data.mongodb.core.mapping.Document("idempotency-keys")
    private record UsedKey(
            @Id String id, String digest, @Nullable String result) {}

    /// Runs the work and stores its result, which a repeated request gets. After a crash the work runs again, so it
    /// must be repeatable. A refusal changes nothing and is not stored.
    ///
    /// @throws RequestRejected.KeyReused when the key was used for another request
    public <T> T once(Command command, Class<T> type, Supplier<T> work) {
        Command.@Nullable Key key = command.key();
        if (key == null) return work.get();
        String id = command.by().id() + " " + key.path() + " " + key.value();
        UsedKey used = used(id, key.digest());
        if (!used.digest().equals(key.digest())) throw new RequestRejected.KeyReused();
        if (used.result() != null) return read(used.result(), type);
        try {
            return kept(id, work.get(), type);
        } catch (RuleViolation | ValidationFailed e) {
            mongo.remove(unanswered(id), UsedKey.class);
            throw e;
        }
    }

    private UsedKey used(String id, String digest) {
        @Nullable UsedKey before = mongo.findById(id, UsedKey.class);
        if (before != null) return before;
        UsedKey fresh = new UsedKey(id, digest, null);
        try {
            return mongo.insert(fresh);
        } catch (DuplicateKeyException _) {
            @Nullable UsedKey first = mongo.findById(id, UsedKey.class);
            return first == null ? fresh : first;
        }
    }

    /// The result that was stored first, so that two concurrent requests get the same result.
    private <T> T kept(String id, T result, Class<T> type) {
        Update update = new Update().set("result", EventJson.mapper().writeValueAsString(result));
        UpdateResult written = mongo.updateFirst(unanswered(id), update, UsedKey.class);
        if (written.getMatchedCount() == 1) return result;
        @Nullable UsedKey first = mongo.findById(id, UsedKey.class);
        return first == null || first.result() == null ? result : read(first.result(), type);
    }

    private static BasicQuery unanswered(String id) {
        return new BasicQuery(new Document("_id", id).append("result", new Document("$exists", false)));
    }

    private static <T> T read(String result, Class<T> type) {
        return EventJson.mapper().readValue(result, type);
    }
}
