package koinon.eventing.document;

import java.time.Clock;
import org.springframework.data.mongodb.core.MongoOperations;

/// Writers as a copy of a service has them, for tests that play several copies or a crash.
public final class Writers {

    private Writers() {}

    /// A writer whose process dies before anything is published.
    public static Aggregates thatDiesAfterSaving(MongoOperations mongo) {
        return with(mongo, _ -> {});
    }

    public static Aggregates with(MongoOperations mongo, OutboxListener outboxes) {
        return new Aggregates(mongo, outboxes, "tallies", Clock.systemUTC());
    }
}
