package koinon.projects.submission;

import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/// The submissions of proposals. Each is added once and never changed.
@Component
public final class Submissions {

    private final MongoOperations mongo;

    Submissions(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// @param id of the event that submitted it
    public Optional<Submission> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Submission.class));
    }
}
