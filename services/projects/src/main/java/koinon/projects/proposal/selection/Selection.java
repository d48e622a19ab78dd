package koinon.projects.proposal.selection;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import koinon.eventing.model.NotFromEvents;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Money;
import koinon.projects.call.Call;
import koinon.projects.call.Terms;
import koinon.projects.fund.KnownFund;
import koinon.projects.origin.Origin;
import koinon.projects.plan.ApprovedPlan;
import koinon.projects.plan.Grant;
import koinon.projects.plan.Plan;
import org.jspecify.annotations.Nullable;

/// One selection of a proposal: the amount that each fund is asked for, and the funds' answers.
///
/// @param number from 1; 0 before the first selection
/// @param answers by fund, to this selection only
public record Selection(
        Integer number, List<Grant> grants, @NotFromEvents Map<String, Answer> answers) {

    /// Before the first selection.
    public static final Selection NONE = new Selection(0, List.of(), Map.of());

    /// A fund's answer.
    ///
    /// @param reserved whether the fund reserved the amount
    /// @param reason reason of the refusal; empty when it is reserved
    public record Answer(Boolean reserved, String reason) {

        public static final Answer RESERVED = new Answer(true, "");

        public static Answer refused(String reason) {
            return new Answer(false, reason);
        }
    }

    public Selection {
        grants = List.copyOf(grants);
        answers = Map.copyOf(answers);
    }

    /// Whether this fund has not answered this selection yet.
    public boolean awaits(int number, String fund) {
        return this.number == number
                && !answers.containsKey(fund)
                && grants.stream().anyMatch(it -> it.fund().equals(fund));
    }

    public Selection with(String fund, Answer answer) {
        Map<String, Answer> more = new LinkedHashMap<>(answers);
        more.put(fund, answer);
        return new Selection(number, grants, more);
    }

    public boolean isAnswered() {
        return grants.stream().allMatch(it -> answers.containsKey(it.fund()));
    }

    /// The reasons of the funds that refused, in the order of the funds.
    public List<String> refusals() {
        return grants.stream()
                .map(it -> answers.get(it.fund()))
                .filter(it -> it != null && !it.reserved())
                .map(Answer::reason)
                .toList();
    }

    /// The next selection.
    ///
    /// @param beneficiaries the partner city that a fund pays, by fund; the lead where absent
    /// @param funds the known funds of the call
    public Selection next(
            Plan plan, String lead, Call call, Map<String, String> beneficiaries, Collection<KnownFund> funds) {
        return new Selection(number + 1, grants(plan, lead, call.terms(), beneficiaries, funds), Map.of());
    }

    /// The grant of each fund and its beneficiary. The call's shares are rounded down, the last fund takes the
    /// rest.
    private static List<Grant> grants(
            Plan plan, String lead, Terms terms, Map<String, String> beneficiaries, Collection<KnownFund> funds) {
        List<Violation> violations = new ArrayList<>();
        beneficiaries.forEach((fund, city) -> {
            if (!terms.fundIds().contains(fund))
                violations.add(new Violation(
                        "/beneficiaries/" + fund, "selection.no-such-fund", "The call draws on no such fund."));
            if (!plan.cities().contains(city))
                violations.add(new Violation(
                        "/beneficiaries/" + fund,
                        "selection.not-a-partner",
                        "%s is not a partner of this proposal.",
                        "city",
                        city));
        });
        if (!violations.isEmpty()) throw new ValidationFailed(violations);
        List<Money> amounts = terms.split(plan.grantIn(terms.currency()));
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < amounts.size(); i++) {
            String fund = terms.fundIds().get(i);
            String beneficiary = beneficiaries.getOrDefault(fund, lead);
            if (funds.stream().anyMatch(it -> it.id().equals(fund) && beneficiary.equals(it.ownCity())))
                throw new RuleViolation(
                        "own-fund", "A city's own fund never pays that city: name another beneficiary.");
            if (amounts.get(i).isPositive()) grants.add(new Grant(fund, amounts.get(i), beneficiary));
        }
        return List.copyOf(grants);
    }

    /// The approved plan that the project starts with.
    ///
    /// @param origin absent where the proposal names none
    public ApprovedPlan approvedPlan(Plan plan, String lead, @Nullable Origin origin, Call call) {
        Terms terms = call.terms();
        LocalDate startsOn = Objects.requireNonNull(plan.startsOn());
        LocalDate endsOn = Objects.requireNonNull(plan.endsOn());
        return new ApprovedPlan(
                plan.title(),
                call.id(),
                terms.currency(),
                lead,
                plan.parts().stream().map(it -> it.share(terms.currency())).toList(),
                grants,
                plan.milestones(),
                terms.tranches(),
                plan.themes(),
                plan.sdgs(),
                startsOn,
                endsOn,
                terms.closes().zone(),
                terms.verifier(),
                terms.agreements(),
                terms.thresholds(),
                origin);
    }
}
