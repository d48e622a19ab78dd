package koinon.funding.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A movement of money as an event posted it. Written once and never changed; a mistake is mended by an event of
/// its own, whose entry mirrors this one.
///
/// @param id of the event that caused it
/// @param at when the event happened
/// @param event the event's type
/// @param funder whose money it is
/// @param project which project it is for; absent where it is for none
/// @param postings its amounts add up to zero
@Document("ledger")
@CompoundIndex(name = "in-time", def = "{'at': 1, '_id': 1}")
@CompoundIndex(name = "of-funder", def = "{'funder': 1, 'at': 1, '_id': 1}")
@CompoundIndex(name = "of-account", def = "{'postings.account': 1, 'at': 1, '_id': 1}")
record Entry(
        @Id String id,
        Instant at,
        String event,
        String funder,
        @Nullable String project,
        List<Posting> postings) {}
