package koinon.funding.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koinon.eventing.value.Money;

/// One side of a movement of money: what an account gains; negative when it loses.
///
/// @param account `funder/<id>`, `fund/<id>/available`, `fund/<id>/held`, `agreement/<id>/outstanding` or
/// `agreement/<id>/paid`
public record Posting(String account, Money amount) {

    /// Both sides of a movement, which add up to zero; empty unless the amount is positive.
    public static List<Posting> move(Money amount, String from, String to) {
        return amount.isPositive() ? List.of(new Posting(from, amount.negated()), new Posting(to, amount)) : List.of();
    }

    /// The sums of several postings, ordered by account and currency.
    static List<Posting> added(Collection<Posting> several) {
        Map<String, Posting> sums = new TreeMap<>();
        several.forEach(it -> sums.merge(
                it.sortKey(),
                it,
                (one, other) -> new Posting(one.account(), one.amount().plus(other.amount()))));
        return List.copyOf(sums.values());
    }

    /// Account and currency; the key by which sums are grouped and sorted.
    String sortKey() {
        return account + " " + amount.currency();
    }

    /// The money that the funder gave; negative, because it is the source.
    public static String funder(String funder) {
        return "funder/" + funder;
    }

    /// The money of a fund that is not held for an agreement.
    public static String available(String fund) {
        return "fund/" + fund + "/available";
    }

    /// The money that a fund holds for agreements that are not in force yet.
    public static String held(String fund) {
        return "fund/" + fund + "/held";
    }

    /// The money that an agreement in force has promised and not paid.
    public static String outstanding(String agreement) {
        return "agreement/" + agreement + "/outstanding";
    }

    /// The money that an agreement has paid.
    public static String paid(String agreement) {
        return "agreement/" + agreement + "/paid";
    }
}
