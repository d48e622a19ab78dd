package koinon.funding.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A movement of money as an event posted it. Entries are immutable; another event reverses a mistake, and its
/// entry mirrors this one.
///
/// @param id id of the event that posted it
/// @param at time of the event
/// @param event type of the event
/// @param funder id of the funder whose money it is
/// @param project id of the project; absent when the movement belongs to no project
/// @param postings they add up to zero
@Document("ledger")
@CompoundIndex(name = "in-time", def = "{'at': 1, '_id': 1}")
@CompoundIndex(name = "of-funder", def = "{'funder': 1, 'at': 1, '_id': 1}")
@CompoundIndex(name = "of-account", def = "{'postings.account': 1, 'at': 1, '_id': 1}")
record LedgerEntry(
        @Id String id,
        Instant at,
        String event,
        String funder,
        @Nullable String project,
        List<Posting> postings) {}
