package koinon.funding.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koinon.platform.model.Money;
import koinon.platform.model.Position;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// What the entries of one aggregate have moved in all. Each entry is zero, and so is this.
///
/// @param id the aggregate that posted them, `<aggregate>/<id>`
/// @param funder whose money it is
/// @param upTo the number of the last event whose entry was added; so were all before it
/// @param postings one for each account and currency, in their order
@Document("balances")
@CompoundIndex(name = "of-account", def = "{'postings.account': 1}")
record Balance(@Id String id, @Indexed String funder, long upTo, List<Posting> postings) {

    /// Nothing was moved yet.
    static Balance none(String id, String funder) {
        return new Balance(id, funder, 0, List.of());
    }

    /// What each account has.
    Map<String, Money> accounts() {
        return postings.stream().collect(Collectors.toMap(Posting::account, Posting::amount, Money::plus));
    }

    /// This with the entries that were not added before.
    ///
    /// @param more of the same aggregate, in their order; each may come twice
    Balance plus(List<Entry> more) {
        long last = upTo;
        List<Posting> moved = new ArrayList<>(postings);
        for (Entry it : more) {
            long number = Position.parse(it.id()).sequence();
            if (number <= last) continue;
            moved.addAll(it.postings());
            last = number;
        }
        return new Balance(id, funder, last, Posting.added(moved));
    }
}
