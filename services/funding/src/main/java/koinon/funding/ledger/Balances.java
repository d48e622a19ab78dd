package koinon.funding.ledger;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.funding.funder.Sight;
import koinon.platform.model.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// What all entries have added up to, kept entry by entry: the ledger grows for ever, and adding it up for whoever asks
/// would take longer every day.
///
/// The entries of an aggregate come in their order, so the number of the last one tells which were added, and that
/// number and the sums are one write.
@Repository
class Balances {

    private static final int DUPLICATE_KEY = 11000;

    private final MongoOperations mongo;

    Balances(MongoOperations mongo) {
        this.mongo = mongo;
    }

    private record Change(Balance before, Balance after) {}

    /// Adds entries unless they were added already.
    ///
    /// @param entries of any aggregates, those of each in their order
    void add(List<Entry> entries) {
        Map<String, List<Entry>> bySubject = entries.stream()
                .collect(Collectors.groupingBy(it -> Position.parse(it.id()).subject()));
        List<Change> changes = changes(bySubject);
        // What another copy of the service has added to meanwhile is read again.
        while (!changes.isEmpty() && !areKept(changes)) changes = changes(bySubject);
    }

    private List<Change> changes(Map<String, List<Entry>> bySubject) {
        Map<String, Balance> known = find(bySubject.keySet());
        return bySubject.entrySet().stream()
                .map(it -> change(known.get(it.getKey()), it.getKey(), it.getValue()))
                .filter(it -> it.after().upTo() > it.before().upTo())
                .toList();
    }

    private static Change change(@Nullable Balance known, String subject, List<Entry> entries) {
        Balance before =
                known == null ? Balance.none(subject, entries.getFirst().funder()) : known;
        return new Change(before, before.plus(entries));
    }

    private boolean areKept(List<Change> changes) {
        BulkOperations writes = mongo.bulkOps(BulkMode.UNORDERED, Balance.class);
        // Where it is no longer as it was, this would be a second one of the same id, and that cannot be.
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

    /// What each account has, by account and currency.
    ///
    /// @param account only accounts that begin like this; absent: all
    List<Posting> of(@Nullable String account, Sight sight) {
        try (Stream<Balance> found = mongo.stream(Ledger.allOf(Ledger.wanted(account, sight)), Balance.class)) {
            return Posting.added(found.flatMap(it -> it.postings().stream())
                    .filter(it -> account == null || it.account().startsWith(account))
                    .toList());
        }
    }

    /// All of them; to be closed.
    Stream<Balance> all() {
        return mongo.stream(new Query(), Balance.class);
    }
}
