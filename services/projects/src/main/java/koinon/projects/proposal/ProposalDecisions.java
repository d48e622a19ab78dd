package koinon.projects.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koinon.eventing.action.Deadline;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.NotFromEvents;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.Role;
import koinon.projects.call.Call;
import koinon.projects.call.rules.Finding;
import koinon.projects.city.KnownCity;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.event.ProposalEvent;
import koinon.projects.proposal.event.ProposalEvent.Decision;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded;
import koinon.projects.proposal.event.ProposalEvent.DecisionReversed;
import koinon.projects.proposal.event.ProposalEvent.EligibilityReversed;
import koinon.projects.proposal.event.ProposalEvent.FoundEligible;
import koinon.projects.proposal.event.ProposalEvent.FoundIneligible;
import koinon.projects.proposal.event.ProposalEvent.NextChanged;
import koinon.projects.proposal.event.ProposalEvent.NotApproved;
import koinon.projects.proposal.event.ProposalEvent.ProposalApproved;
import koinon.projects.proposal.event.ProposalEvent.ProposalReturned;
import koinon.projects.proposal.event.ProposalEvent.ProposalSelected;
import koinon.projects.proposal.event.ProposalEvent.ReserveListed;
import koinon.projects.proposal.readiness.Readiness;
import koinon.projects.proposal.selection.Selection;
import org.jspecify.annotations.Nullable;

/// The effects of decisions on a proposal, and the rules for them; the same when a decision is recorded and when it
/// is released.
record ProposalDecisions(Proposal proposal) {

    /// What a decision judges besides the proposal.
    ///
    /// @param funds the known funds of the call
    /// @param cities the known cities of the submitted plan, by id
    record Facts(Call call, Collection<KnownFund> funds, Map<String, KnownCity> cities) {}

    /// The caller as secretariat; it must hold no mandate for a partner city.
    Actor decider(Actor by) {
        Actor secretariat = by.as(Role.SECRETARIAT.ofNetwork());
        if (by.holdsAnyFor(proposal.partnerScopes()))
            throw new AccessDenied(
                    "partner-mandate.proposal", "Who holds a mandate for one of its cities does not decide on it.");
        return secretariat;
    }

    /// @throws RuleViolation where the decision is not possible now
    Decision effect(DecisionRecorded it, Facts facts, Instant now) {
        Bounds.reason(it.reason());
        Call call = facts.call();
        Decision effect = switch (it.decision()) {
            case ELIGIBLE -> {
                int judged = judged(call, now);
                Finding cities = partnerCities(facts);
                if (!cities.met())
                    throw new RuleViolation(
                            "partner-cities.eligibility",
                            "%s Find it ineligible, or return it so that its partners can change.",
                            "fact",
                            cities.fact());
                yield new FoundEligible(judged, it.reason());
            }
            case INELIGIBLE -> new FoundIneligible(judged(call, now), it.reason());
            case SELECTED -> {
                proposal.state().from(State.ELIGIBLE, State.RESERVE_LISTED);
                mustNotBeFinal(call);
                Finding cities = partnerCities(facts);
                if (!cities.met())
                    throw new RuleViolation(
                            "partner-cities.selection",
                            "%s Do not approve it, or reverse what was decided and return it so that its partners can"
                                    + " change.",
                            "fact",
                            cities.fact());
                yield selected(it, call, facts.funds());
            }
            case RESERVE_LISTED -> {
                proposal.state().from(State.ELIGIBLE);
                mustNotBeConcluded(call);
                yield new ReserveListed(proposal.selection().number(), it.reason());
            }
            case NOT_APPROVED -> {
                proposal.state().from(State.ELIGIBLE, State.RESERVE_LISTED);
                mustNotBeFinal(call);
                yield new NotApproved(it.reason());
            }
        };
        State _ = proposal.state().after(effect);
        return effect;
    }

    /// The effect of a decision that is released; empty where it is not possible any more.
    Optional<Decision> effectIfPossible(DecisionRecorded it, Facts facts, Instant now) {
        try {
            return Optional.of(effect(it, facts, now));
        } catch (RuleViolation | ValidationFailed _) {
            return Optional.empty();
        }
    }

    /// The reversal of the last decision, by another person than who made it.
    ///
    /// @throws RuleViolation where it is no decision that can be reversed, or the call is concluded
    Decision reversed(String reason, Call call, Actor secretariat) {
        State now = proposal.state().from(State.ELIGIBLE, State.INELIGIBLE, State.RESERVE_LISTED, State.NOT_APPROVED);
        secretariat.mustNotBe(
                proposal.decidedBy(), "reverse-decision", "Someone other than who made a decision reverses it.");
        if (call.state() == Call.State.CANCELLED)
            throw new RuleViolation(
                    "call-cancelled.reversal", "The call was cancelled; its decisions are not reversed.");
        mustNotBeConcluded(call);
        Bounds.reason(reason);
        return now == State.ELIGIBLE || now == State.INELIGIBLE
                ? new EligibilityReversed(reason)
                : new DecisionReversed(reason);
    }

    /// What has a decision in a concluded call keeps it, until the call is opened again.
    private static void mustNotBeConcluded(Call call) {
        mustNotBeFinal(call);
        if (call.state() == Call.State.DECIDED)
            throw new RuleViolation(
                    "call-decided",
                    "The call is concluded. Let another person of the secretariat open it again first.");
    }

    /// In an archived call nothing is decided any more.
    private static void mustNotBeFinal(Call call) {
        if (call.state() == Call.State.ARCHIVED)
            throw new RuleViolation("call-archived", "The call is archived; its decisions are final.");
    }

    /// What readiness says today of the partners that were submitted, and whether they stand by it.
    private Finding partnerCities(Facts facts) {
        Plan submitted = proposal.submitted();
        List<String> steppedBack = proposal.partnership().steppedBack(submitted);
        return steppedBack.isEmpty()
                ? Readiness.members(submitted, proposal.lead(), facts.cities())
                : Readiness.steppedBack(steppedBack);
    }

    /// What follows once every fund of the selection has answered.
    ProposalEvent answered(Call call) {
        Selection selection = proposal.selection();
        Plan submitted = proposal.submitted();
        List<String> against = new ArrayList<>(selection.refusals());
        proposal.partnership().steppedBack(submitted).forEach(it -> against.add(it + " has stepped back."));
        return against.isEmpty()
                ? new ProposalApproved(
                        selection.number(), selection.approvedPlan(submitted, proposal.lead(), proposal.origin(), call))
                : new ReserveListed(selection.number(), String.join(" ", against));
    }

    /// @param until the deadline for submitting again
    static ProposalReturned returned(String reason, Deadline until, Instant now) {
        until.violation("/until").ifPresent(it -> {
            throw new ValidationFailed(List.of(it));
        });
        if (until.isPast(now))
            throw new ValidationFailed("/until/local", "proposal.until-passed", "The time to mend it lies ahead.");
        return new ProposalReturned(Bounds.reason(reason), until);
    }

    /// The number of the latest submission, which is judged also when the proposal was reopened or returned and not
    /// submitted again in time.
    private int judged(Call call, Instant now) {
        proposal.state().from(State.SUBMITTED, State.DRAFT, State.RETURNED);
        mustNotBeConcluded(call);
        if (proposal.submission() == null && proposal.state() != State.SUBMITTED)
            throw new RuleViolation("in-partners-hands", "It was never submitted.");
        if (proposal.state() != State.SUBMITTED && !proposal.isOver(call, now))
            throw new RuleViolation(
                    "in-partners-hands.again", "Its partners may still hand it in again; decide after their deadline.");
        return proposal.submissions().size();
    }

    private ProposalSelected selected(DecisionRecorded it, Call call, Collection<KnownFund> funds) {
        if (call.state() == Call.State.CANCELLED)
            throw new RuleViolation(
                    "call-cancelled.selection", "The call was cancelled; nothing is selected under it.");
        Plan plan = proposal.submitted();
        Selection next = proposal.selection().next(plan, proposal.lead(), call, it.beneficiaries(), funds);
        return new ProposalSelected(
                next.number(),
                call.id(),
                plan.parts().stream()
                        .map(part -> part.share(call.terms().currency()))
                        .toList(),
                proposal.lead(),
                next.grants(),
                it.reason());
    }

    /// The decision on a proposal that its call holds.
    ///
    /// @param recorded the last one; absent once something else has happened to the proposal
    /// @param before version of the proposal as who may not see it knows it; 0 if that is the version itself
    /// @param released number of the last release of the call that was applied
    record Held(
            @Nullable DecisionRecorded recorded,
            long before,
            @NotFromEvents int released) {

        /// Names the version of the proposal for who may not see it.
        static final String OF_PARTNERS = "of-partners";

        static final Held NONE = new Held(null, 0, 0);

        /// A decision that the next release of the call puts into effect.
        DecisionRecorded decision(
                DecisionRecorded.Outcome outcome, String reason, Map<String, String> beneficiaries, Call call) {
            return new DecisionRecorded(outcome, reason, beneficiaries, Math.max(call.releases(), released));
        }

        /// @param sequence of the event
        Held after(ProposalEvent event, long sequence) {
            long fact = before == 0 ? sequence - 1 : before;
            return switch (event) {
                case DecisionRecorded it -> new Held(it, fact, released);
                case NextChanged _ -> new Held(recorded, fact, released);
                default -> new Held(null, 0, released);
            };
        }

        Held releasedBy(int number) {
            return new Held(recorded, before, number);
        }

        /// The decision that waits for a release; absent if there is none.
        @Nullable
        DecisionRecorded pending() {
            return recorded == null || recorded.release() < released ? null : recorded;
        }

        /// The version for who may not see that a decision was recorded.
        long versionOfPartners(long version) {
            return recorded == null ? version : before;
        }
    }
}
