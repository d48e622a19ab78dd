package koinon.projects.plan;

import java.util.List;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.platform.model.bounds.Bounds;
import org.jspecify.annotations.Nullable;

/// One partner city's part of a plan: what it asks for, what it brings, what it does.
///
/// @param grant what it asks for; absent until the city has written its part
/// @param contributions what it brings itself
/// @param overhead the part of its budget that is overhead; absent until the city has written its part
public record Part(
        String city,
        @Nullable Money grant,
        List<Contribution> contributions,
        @Nullable Money overhead,
        String tasks) {

    /// What a city asks for and brings, as far as it has written that.
    public record Amounts(
            String city, @Nullable Money grant, @Nullable Money coFinancing) {}

    public Part {
        contributions = List.copyOf(contributions);
    }

    /// The part of a city that has not written one.
    public static Part empty(String city) {
        return new Part(city, null, List.of(), null, "");
    }

    /// Refuses what no city can have meant: an amount below zero or beyond what its currency needs, a text too long.
    public void check() {
        Bounds.amount("/grant", grant);
        Bounds.amount("/overhead", overhead);
        if (contributions.size() > Plan.MOST_CONTRIBUTIONS)
            throw new Invalid("/contributions", "At most %d are allowed.".formatted(Plan.MOST_CONTRIBUTIONS));
        for (int i = 0; i < contributions.size(); i++) contributions.get(i).check("/contributions/" + i);
        Bounds.atMost("/tasks", tasks, Plan.LONGEST_TEXT);
    }

    /// Whether the city has written it.
    public boolean isWritten() {
        return grant != null;
    }

    /// What it asks for and brings; absent where nothing is written.
    public Amounts amounts() {
        return new Amounts(
                city,
                grant,
                contributions.stream()
                        .map(Contribution::amount)
                        .reduce(Money::plus)
                        .orElse(null));
    }

    /// What it asks for, nothing while unwritten.
    public Money grantIn(String currency) {
        return grant == null ? Money.zero(currency) : grant;
    }

    /// What it brings, in cash and in kind.
    public Money coFinancingIn(String currency) {
        return contributions.stream().map(Contribution::amount).reduce(Money.zero(currency), Money::plus);
    }

    /// What it spends on overhead, nothing while unwritten.
    public Money overheadIn(String currency) {
        return overhead == null ? Money.zero(currency) : overhead;
    }

    /// Grant and co-financing together.
    public Money budgetIn(String currency) {
        return grantIn(currency).plus(coFinancingIn(currency));
    }

    /// Grant and own contribution, as others need to know them.
    public PartnerShare share(String currency) {
        return new PartnerShare(city, grantIn(currency), coFinancingIn(currency));
    }
}
