package koinon.funding.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koinon.eventing.model.Position;
import koinon.eventing.value.Money;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// The sums of all entries of one aggregate. Each entry adds up to zero, so the balance does too.
///
/// @param id subject of the aggregate that posted the entries, `<aggregate>/<id>`
/// @param funder id of the funder whose money it is
/// @param upTo sequence of the last event whose entry was added; all earlier entries were added too
/// @param postings one per account and currency, in that order
@Document("balances")
@CompoundIndex(name = "of-account", def = "{'postings.account': 1}")
record Balance(@Id String id, @Indexed String funder, long upTo, List<Posting> postings) {

    /// A balance without entries.
    static Balance none(String id, String funder) {
        return new Balance(id, funder, 0, List.of());
    }

    /// The sum of each account.
    Map<String, Money> accounts() {
        return postings.stream().collect(Collectors.toMap(Posting::account, Posting::amount, Money::plus));
    }

    /// This balance and the entries that were not added before.
    ///
    /// @param more entries of the same aggregate in the order of their sequences; an entry may repeat
    Balance plus(List<LedgerEntry> more) {
        long last = upTo;
        List<Posting> moved = new ArrayList<>(postings);
        for (LedgerEntry it : more) {
            long number = Position.parse(it.id()).sequence();
            if (number <= last) continue;
            moved.addAll(it.postings());
            last = number;
        }
        return new Balance(id, funder, last, Posting.added(moved));
    }
}
