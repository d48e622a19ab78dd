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
import org.springframework.dao.DuplicateKeyException;
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

    private final MongoOperations mongo;

    Balances(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Adds entries unless they were added already.
    ///
    /// @param entries of any aggregates, those of each in their order
    void add(List<Entry> entries) {
        Map<String, List<Entry>> open = entries.stream()
                .collect(Collectors.groupingBy(it -> Position.parse(it.id()).subject()));
        while (!open.isEmpty()) {
            Map<String, Balance> before = find(open.keySet());
            // What another copy of the service has added to meanwhile is read again.
            open.entrySet().removeIf(it -> isKept(before.get(it.getKey()), it.getKey(), it.getValue()));
        }
    }

    private boolean isKept(@Nullable Balance before, String subject, List<Entry> entries) {
        if (before == null)
            return isNew(Balance.none(subject, entries.getFirst().funder()).plus(entries));
        Balance after = before.plus(entries);
        if (after.upTo() == before.upTo()) return true;
        Query asItWas = query(where("_id").is(subject).and("upTo").is(before.upTo()));
        return mongo.replace(asItWas, after).getMatchedCount() == 1;
    }

    private boolean isNew(Balance first) {
        try {
            mongo.insert(first);
            return true;
        } catch (DuplicateKeyException _) {
            return false;
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
