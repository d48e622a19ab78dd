package koinon.eventing.relay;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import koinon.eventing.document.Aggregates;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventTypes;
import koinon.eventing.rule.RuleViolation;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;

/// After a start, publishes the next actions of every aggregate for which the code lists others than its last event
/// contains. Several instances may do it at the same time.
final class NextActionsRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(NextActionsRecovery.class);
    private static final int BATCH = 25;

    private final MongoOperations mongo;
    private final Aggregates aggregates;
    private final Supplier<List<Class<? extends Aggregate<?>>>> types;

    NextActionsRecovery(
            MongoOperations mongo, Aggregates aggregates, Supplier<List<Class<? extends Aggregate<?>>>> types) {
        this.mongo = mongo;
        this.aggregates = aggregates;
        this.types = types;
    }

    /// Compares every stored aggregate once.
    ///
    /// @return null, because nothing is left to do
    @Nullable
    Duration run() {
        for (Class<? extends Aggregate<?>> type : types.get()) {
            long changed = republished(type);
            if (changed > 0)
                LOG.info("event=next-actions.republished type={} aggregates={}", type.getSimpleName(), changed);
        }
        return null;
    }

    private long republished(Class<? extends Aggregate<?>> type) {
        BasicQuery all = new BasicQuery(new Document());
        try (Stream<? extends Aggregate<?>> stored = mongo.stream(all.cursorBatchSize(BATCH), type)) {
            return stored.filter(Aggregates::hasNewNextActions)
                    .filter(it -> republish(type, it.id()))
                    .count();
        }
    }

    /// One aggregate that cannot publish its list holds up no other; what the database throws is tried again.
    private boolean republish(Class<? extends Aggregate<?>> type, String id) {
        try {
            return aggregates.republishNextActions(type, id);
        } catch (RuleViolation | IllegalStateException e) {
            LOG.error(
                    "event=next-actions.unpublishable aggregate={}/{} cause=\"{}\"",
                    EventTypes.aggregateOf(type),
                    id,
                    e.getMessage());
            return false;
        }
    }
}
