package koinon.projects.proposal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import koinon.platform.model.BesideEvents;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import koinon.platform.model.Money;
import koinon.platform.model.RuleBroken;
import koinon.projects.call.Call;
import koinon.projects.call.Terms;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Award;
import koinon.projects.plan.Grant;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.ProposalEvent.ProposalSelected;

/// One attempt to get a proposal's money: what each fund is to pay, and what each has answered.
///
/// @param number counts from 1; 0 before the first
/// @param answers by fund, of this selection only
record Selection(
        Integer number, List<Grant> grants, @BesideEvents Map<String, Answer> answers) {

    /// Before the first selection.
    static final Selection NONE = new Selection(0, List.of(), Map.of());

    /// What a fund said.
    ///
    /// @param reserved whether it holds the money
    /// @param reason why not; empty when it does
    record Answer(Boolean reserved, String reason) {

        static final Answer RESERVED = new Answer(true, "");

        static Answer refused(String reason) {
            return new Answer(false, reason);
        }
    }

    Selection {
        grants = List.copyOf(grants);
        answers = Map.copyOf(answers);
    }

    /// Whether an answer of this fund to this selection is still missing.
    boolean awaits(int number, String fund) {
        return this.number == number
                && !answers.containsKey(fund)
                && grants.stream().anyMatch(it -> it.fund().equals(fund));
    }

    Selection with(String fund, Answer answer) {
        Map<String, Answer> more = new LinkedHashMap<>(answers);
        more.put(fund, answer);
        return new Selection(number, grants, more);
    }

    boolean isAnswered() {
        return grants.stream().allMatch(it -> answers.containsKey(it.fund()));
    }

    /// The reasons of the funds that refused, in the order of the funds.
    List<String> refusals() {
        return grants.stream()
                .map(it -> answers.get(it.fund()))
                .filter(it -> it != null && !it.reserved())
                .map(Answer::reason)
                .toList();
    }

    /// The next attempt, after this one or as the first.
    ///
    /// @param beneficiaries by fund, where it is not the lead
    /// @param funds what is known of the call's funds
    ProposalSelected next(
            Plan plan,
            String lead,
            Call call,
            Map<String, String> beneficiaries,
            Collection<KnownFund> funds,
            String reason) {
        Terms terms = call.terms();
        return new ProposalSelected(
                number + 1,
                call.id(),
                plan.parts().stream().map(it -> it.share(terms.currency())).toList(),
                lead,
                grants(plan, lead, terms, beneficiaries, funds),
                reason);
    }

    /// What each fund is to pay of a plan and to whom: the call's shares, rounded down, the last one takes the rest.
    private static List<Grant> grants(
            Plan plan, String lead, Terms terms, Map<String, String> beneficiaries, Collection<KnownFund> funds) {
        List<Violation> violations = new ArrayList<>();
        beneficiaries.forEach((fund, city) -> {
            if (!terms.fundIds().contains(fund))
                violations.add(new Violation("/beneficiaries/" + fund, "The call draws on no such fund."));
            if (!plan.cities().contains(city))
                violations.add(new Violation("/beneficiaries/" + fund, city + " is not a partner of this proposal."));
        });
        if (!violations.isEmpty()) throw new Invalid(violations);
        List<Money> amounts = terms.split(plan.grantIn(terms.currency()));
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < amounts.size(); i++) {
            String fund = terms.fundIds().get(i);
            String beneficiary = beneficiaries.getOrDefault(fund, lead);
            if (funds.stream().anyMatch(it -> it.id().equals(fund) && beneficiary.equals(it.ownCity())))
                throw new RuleBroken("own-fund", "A city's own fund never pays that city: name another beneficiary.");
            if (amounts.get(i).isPositive()) grants.add(new Grant(fund, amounts.get(i), beneficiary));
        }
        return List.copyOf(grants);
    }

    /// All that a project starts with.
    Award award(Plan plan, String lead, Call call) {
        Terms terms = call.terms();
        LocalDate startsOn = Objects.requireNonNull(plan.startsOn());
        LocalDate endsOn = Objects.requireNonNull(plan.endsOn());
        return new Award(
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
                terms.verifier(),
                terms.agreements(),
                terms.thresholds());
    }
}
