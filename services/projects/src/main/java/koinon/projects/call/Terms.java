package koinon.projects.call;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import koinon.platform.model.Money;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;

/// What a call asks for, by which rules it judges, and who pays how.
///
/// @param currency ISO 4217; the call's only one
/// @param rules entries that [RuleBook] reads into rules
/// @param tranches the scheme of instalments; none when there is no grant
/// @param funds who pays which share; none when there is no grant
/// @param sdgs numbers of the Sustainable Development Goals, 1 to 17
/// @param verifier who verifies milestones: `secretariat`, `controller` or `funder-officer`
/// @param agreements which must be in force before a project starts: `all` or `first`
public record Terms(
        String title,
        String currency,
        Deadline opens,
        Deadline closes,
        List<Map<String, Object>> rules,
        List<Tranche> tranches,
        List<FundShare> funds,
        List<String> themes,
        List<Integer> sdgs,
        String verifier,
        String agreements,
        Thresholds thresholds) {

    /// The part that one fund pays of every grant.
    ///
    /// @param share of 1
    public record FundShare(String fund, BigDecimal share) {}

    public Terms {
        rules = List.copyOf(rules);
        tranches = List.copyOf(tranches);
        funds = List.copyOf(funds);
        themes = List.copyOf(themes);
        sdgs = List.copyOf(sdgs);
    }

    /// Whether money is given at all.
    public boolean givesGrant() {
        return !funds.isEmpty();
    }

    /// The ids of the funds that pay.
    public List<String> fundIds() {
        return funds.stream().map(FundShare::fund).toList();
    }

    /// What each fund pays of an amount, in the order of the funds: rounded down, the last one takes the rest.
    public List<Money> split(Money amount) {
        return givesGrant() ? amount.split(funds.stream().map(FundShare::share).toList()) : List.of();
    }

    /// What each rule says, in the order of the rules.
    public List<Finding> judge(Rule.Facts facts) {
        return rules.stream().map(it -> RuleBook.rule(it).judge(facts)).toList();
    }

    Terms withRules(List<Map<String, Object>> rules) {
        return new Terms(
                title, currency, opens, closes, rules, tranches, funds, themes, sdgs, verifier, agreements, thresholds);
    }
}
