package koinon.funding.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koinon.platform.model.Money;

/// One side of a movement of money: what an account gains, or loses when negative.
///
/// @param account `funder/<id>`, `fund/<id>/available`, `fund/<id>/held`, `agreement/<id>/outstanding` or
/// `agreement/<id>/paid`
public record Posting(String account, Money amount) {

    /// Both sides of a movement, which add up to zero; none when nothing moves.
    public static List<Posting> move(Money amount, String from, String to) {
        return amount.isPositive() ? List.of(new Posting(from, amount.negated()), new Posting(to, amount)) : List.of();
    }

    /// What several have moved in all, in the order of their accounts and currencies.
    static List<Posting> added(Collection<Posting> several) {
        Map<String, Posting> sums = new TreeMap<>();
        several.forEach(it -> sums.merge(
                it.place(),
                it,
                (one, other) -> new Posting(one.account(), one.amount().plus(other.amount()))));
        return List.copyOf(sums.values());
    }

    /// Its account and currency, by which sums are sorted.
    String place() {
        return account + " " + amount.currency();
    }

    /// What the funder gave; negative, since it is where the money comes from.
    public static String funder(String funder) {
        return "funder/" + funder;
    }

    /// What a fund has and does not hold for anyone.
    public static String available(String fund) {
        return "fund/" + fund + "/available";
    }

    /// What a fund holds for agreements that are not in force yet.
    public static String held(String fund) {
        return "fund/" + fund + "/held";
    }

    /// What an agreement in force has promised and not paid.
    public static String outstanding(String agreement) {
        return "agreement/" + agreement + "/outstanding";
    }

    /// What an agreement has paid.
    public static String paid(String agreement) {
        return "agreement/" + agreement + "/paid";
    }
}
