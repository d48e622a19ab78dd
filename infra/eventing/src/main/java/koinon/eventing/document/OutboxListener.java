package koinon.eventing.document;

import koinon.eventing.model.Aggregate;

/// Sends the outbox of each saved aggregate. Never blocks and never fails.
@FunctionalInterface
public interface OutboxListener {

    void saved(Aggregate<?> aggregate);

    /// The sequence up to which the events of this aggregate are on the topic; 0 when that is not known.
    default long acknowledgedUpTo(Aggregate<?> aggregate) {
        return 0;
    }
}
