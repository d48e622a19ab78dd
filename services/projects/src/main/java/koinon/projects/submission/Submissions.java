package koinon.projects.submission;

import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/// Reads submissions. Each is stored once; only a redaction changes it.
@Component
public final class Submissions {

    private final MongoOperations mongo;

    Submissions(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// @param id id of the event that submitted it
    public Optional<Submission> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Submission.class));
    }
}
