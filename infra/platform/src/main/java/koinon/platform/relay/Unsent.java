package koinon.platform.relay;

import java.util.List;
import koinon.platform.model.OutboxEntry;

/// The outbox of one aggregate as it was stored at some moment, lowest sequence first.
///
/// @param collection where the aggregate is stored
record Unsent(String collection, String id, List<OutboxEntry> entries) {

    /// What an entry takes beside its text, about.
    private static final int ENVELOPE = 1_000;

    /// Whose it is: two aggregates of different kinds may have one id, and each has numbers of its own.
    String subject() {
        return collection + "/" + id;
    }

    /// The same without its entries, for what must remember many.
    Unsent address() {
        return new Unsent(collection, id, List.of());
    }

    /// How much memory it takes, in characters, about.
    long weight() {
        return entries.stream()
                .mapToLong(it -> it.data().length() + (long) ENVELOPE)
                .sum();
    }
}
