package koinon.funding.ledger;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.model.Position;
import koinon.funding.funder.FundingVisibility;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// The balances of all aggregates, updated with each entry: the ledger grows without bound, so adding it up for
/// each request would take longer and longer.
///
/// The entries of an aggregate arrive in order. The sequence of the last one therefore tells which entries were
/// added; it is stored with the sums in one write.
@Repository
class Balances {

    private static final int DUPLICATE_KEY = 11000;

    private final MongoOperations mongo;

    Balances(MongoOperations mongo) {
        this.mongo = mongo;
    }

    private record Change(Balance before, Balance after) {}

    /// Adds entries that were not added before.
    ///
    /// @param entries of any aggregates; the entries of each aggregate are in order
    void add(List<LedgerEntry> entries) {
        Map<String, List<LedgerEntry>> bySubject = entries.stream()
                .collect(Collectors.groupingBy(it -> Position.parse(it.id()).subject()));
        List<Change> changes = changes(bySubject);
        // Another copy of the service changed one of these balances meanwhile: read them again.
        while (!changes.isEmpty() && !areKept(changes)) changes = changes(bySubject);
    }

    private List<Change> changes(Map<String, List<LedgerEntry>> bySubject) {
        Map<String, Balance> known = find(bySubject.keySet());
        return bySubject.entrySet().stream()
                .map(it -> change(known.get(it.getKey()), it.getKey(), it.getValue()))
                .filter(it -> it.after().upTo() > it.before().upTo())
                .toList();
    }

    private static Change change(@Nullable Balance known, String subject, List<LedgerEntry> entries) {
        Balance before =
                known == null ? Balance.none(subject, entries.getFirst().funder()) : known;
        return new Change(before, before.plus(entries));
    }

    private boolean areKept(List<Change> changes) {
        BulkOperations writes = mongo.bulkOps(BulkMode.UNORDERED, Balance.class);
        // If `upTo` has changed, the query matches nothing and the upsert fails with a duplicate key.
        for (Change it : changes)
            writes.replaceOne(
                    query(where("_id")
                            .is(it.before().id())
                            .and("upTo")
                            .is(it.before().upTo())),
                    it.after(),
                    FindAndReplaceOptions.options().upsert());
        try {
            writes.execute();
            return true;
        } catch (BulkOperationException e) {
            if (e.getErrors().stream().allMatch(it -> it.getCode() == DUPLICATE_KEY)) return false;
            throw e;
        }
    }

    private Map<String, Balance> find(Collection<String> ids) {
        return mongo.find(query(where("_id").in(ids)), Balance.class).stream()
                .collect(Collectors.toMap(Balance::id, it -> it));
    }

    /// The sum of each account, by account and currency.
    ///
    /// @param account only accounts with this prefix; absent: all
    List<Posting> of(@Nullable String account, FundingVisibility visibility) {
        try (Stream<Balance> found = mongo.stream(Ledger.allOf(Ledger.wanted(account, visibility)), Balance.class)) {
            return Posting.added(found.flatMap(it -> it.postings().stream())
                    .filter(it -> account == null || it.account().startsWith(account))
                    .toList());
        }
    }

    /// All balances; the caller closes the stream.
    Stream<Balance> all() {
        return mongo.stream(new Query(), Balance.class);
    }
}
