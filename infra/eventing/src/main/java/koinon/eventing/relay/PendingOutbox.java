package koinon.eventing.relay;

import java.util.List;
import koinon.eventing.model.OutboxEntry;

/// The outbox of one aggregate as it was read, lowest sequence first.
///
/// @param collection where the aggregate is stored
record PendingOutbox(String collection, String id, List<OutboxEntry> entries) {

    /// The approximate size of an entry without its text.
    private static final int ENVELOPE = 1_000;

    /// The subject. Aggregates of different kinds may have the same id, and each has its own sequence.
    String subject() {
        return subject(collection, id);
    }

    static String subject(String collection, String id) {
        return collection + "/" + id;
    }

    /// The same without its entries, to save memory.
    PendingOutbox address() {
        return new PendingOutbox(collection, id, List.of());
    }

    /// Its approximate size in memory, in characters.
    long weight() {
        return entries.stream()
                .mapToLong(it -> it.data().length() + (long) ENVELOPE)
                .sum();
    }
}
