package koinon.projects.call;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import koinon.eventing.action.Deadline;
import koinon.eventing.value.Money;
import koinon.projects.call.rules.Finding;
import koinon.projects.call.rules.Rule;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;

/// The terms of a call: its rules, its tranche scheme and its funds.
///
/// @param currency ISO 4217; the call's only currency
/// @param tranches the tranche scheme; empty when the call gives no grant
/// @param funds the funds and their shares; empty when the call gives no grant
/// @param sdgs numbers of the Sustainable Development Goals, 1 to 17
/// @param verifier the role that verifies milestones: `secretariat`, `controller` or `funder-officer`
/// @param agreements which agreements must be in force before a project starts: `all` or `first`
/// @param holdsDecisions whether decisions on proposals are held until they are released together; absent means no
public record Terms(
        String title,
        String currency,
        Deadline opens,
        Deadline closes,
        List<Rule> rules,
        List<Tranche> tranches,
        List<FundShare> funds,
        List<String> themes,
        List<Integer> sdgs,
        String verifier,
        String agreements,
        Thresholds thresholds,
        @Nullable Boolean holdsDecisions) {

    /// The share of every grant that one fund pays.
    ///
    /// @param share 0 to 1
    public record FundShare(String fund, BigDecimal share) {}

    public Terms {
        rules = List.copyOf(rules);
        tranches = List.copyOf(tranches);
        funds = List.copyOf(funds);
        themes = List.copyOf(themes);
        sdgs = List.copyOf(sdgs);
    }

    /// The same terms with what may be amended.
    Terms with(String title, Deadline closes, Thresholds thresholds) {
        return new Terms(
                title,
                currency,
                opens,
                closes,
                rules,
                tranches,
                funds,
                themes,
                sdgs,
                verifier,
                agreements,
                thresholds,
                holdsDecisions);
    }

    /// Whether the call gives a grant.
    public boolean givesGrant() {
        return !funds.isEmpty();
    }

    /// The ids of the call's funds.
    public List<String> fundIds() {
        return funds.stream().map(FundShare::fund).toList();
    }

    /// The ids of the groups that its rules name.
    public Set<String> groupIds() {
        return rules.stream().flatMap(it -> it.groupIds().stream()).collect(Collectors.toSet());
    }

    /// Splits an amount among the funds, in their order: each is rounded down, the last one takes the rest.
    public List<Money> split(Money amount) {
        return givesGrant() ? amount.split(funds.stream().map(FundShare::share).toList()) : List.of();
    }

    /// The smallest grant of which every fund pays something.
    ///
    /// @throws NoSuchElementException where the call gives no grant
    public Money smallestGrant() {
        BigDecimal least = Money.unit(currency).amount();
        return funds.stream()
                .map(it ->
                        Money.rounded(least.divide(it.share(), MathContext.DECIMAL128), currency, RoundingMode.CEILING))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// The finding of each rule, in the order of the rules.
    public List<Finding> judge(Rule.Facts facts) {
        return rules.stream().map(it -> it.judge(facts)).toList();
    }
}
