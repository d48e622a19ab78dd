package koinon.platform.relay;

import java.util.List;
import koinon.platform.model.OutboxEntry;

/// The outbox of one aggregate as it was stored at some moment, lowest sequence first.
///
/// @param collection where the aggregate is stored
record Unsent(String collection, String id, List<OutboxEntry> entries) {

    /// Whose it is: two aggregates of different kinds may have one id, and each has numbers of its own.
    String subject() {
        return collection + "/" + id;
    }
}
