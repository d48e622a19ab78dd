package koinon.projects.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// One partner city's part of a plan: grant, contributions and tasks.
///
/// @param grant the grant that it asks for; absent until the city has written its part
/// @param contributions its own contributions
/// @param overhead the overhead within its budget; absent until the city has written its part
public record Part(
        String city,
        @Nullable Money grant,
        List<Contribution> contributions,
        @Nullable Money overhead,
        @FreeText String tasks) {

    /// The amounts of a city's part.
    public record Amounts(
            String city, @Nullable Money grant, @Nullable Money coFinancing) {}

    public Part {
        contributions = List.copyOf(contributions);
    }

    /// A part that its city has not written yet.
    public static Part empty(String city) {
        return new Part(city, null, List.of(), null, "");
    }

    /// Rejects invalid values: a negative amount, too many decimals for the currency, or a text that is too long.
    public void check() {
        Bounds.amount("/grant", grant);
        Bounds.amount("/overhead", overhead);
        if (contributions.size() > Plan.MOST_CONTRIBUTIONS)
            throw new ValidationFailed(
                    "/contributions", "validation.at-most", "At most %s are allowed.", "max", Plan.MOST_CONTRIBUTIONS);
        for (int i = 0; i < contributions.size(); i++) contributions.get(i).check("/contributions/" + i);
        Bounds.atMost("/tasks", tasks, Plan.LONGEST_TEXT);
    }

    /// Amounts in another currency than the call's.
    ///
    /// @param pointer JSON pointer of the part in the request
    public List<Violation> outside(String currency, String pointer) {
        Map<String, Money> amounts = new LinkedHashMap<>();
        if (grant != null) amounts.put("/grant/currency", grant);
        if (overhead != null) amounts.put("/overhead/currency", overhead);
        for (int i = 0; i < contributions.size(); i++)
            amounts.put(
                    "/contributions/" + i + "/amount/currency",
                    contributions.get(i).amount());
        return amounts.entrySet().stream()
                .filter(it -> !it.getValue().currency().equals(currency))
                .map(it -> new Violation(
                        pointer + it.getKey(), "proposal.currency", "The call is in %s.", "currency", currency))
                .toList();
    }

    /// Whether the city has written its part.
    public boolean isWritten() {
        return grant != null;
    }

    /// Grant and co-financing; each is absent while the part does not contain it.
    public Amounts amounts() {
        return new Amounts(
                city,
                grant,
                contributions.stream()
                        .map(Contribution::amount)
                        .reduce(Money::plus)
                        .orElse(null));
    }

    /// The grant, zero while the part is not written.
    public Money grantIn(String currency) {
        return grant == null ? Money.zero(currency) : grant;
    }

    /// The contributions, in cash and in kind.
    public Money coFinancingIn(String currency) {
        return contributions.stream().map(Contribution::amount).reduce(Money.zero(currency), Money::plus);
    }

    /// The overhead, zero while the part is not written.
    public Money overheadIn(String currency) {
        return overhead == null ? Money.zero(currency) : overhead;
    }

    /// Grant and co-financing.
    public Money budgetIn(String currency) {
        return grantIn(currency).plus(coFinancingIn(currency));
    }

    /// Grant and co-financing, without the details.
    public PartnerShare share(String currency) {
        return new PartnerShare(city, grantIn(currency), coFinancingIn(currency));
    }
}
