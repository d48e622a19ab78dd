package koinon.projects.proposal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koinon.eventing.model.NotFromEvents;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.call.Call;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.event.ProposalEvent;
import koinon.projects.proposal.event.ProposalEvent.Decision;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded;
import koinon.projects.proposal.event.ProposalEvent.FoundEligible;
import koinon.projects.proposal.event.ProposalEvent.FoundIneligible;
import koinon.projects.proposal.event.ProposalEvent.NextChanged;
import koinon.projects.proposal.event.ProposalEvent.NotApproved;
import koinon.projects.proposal.event.ProposalEvent.ProposalReturned;
import koinon.projects.proposal.event.ProposalEvent.ProposalSelected;
import koinon.projects.proposal.event.ProposalEvent.ReserveListed;
import koinon.projects.proposal.selection.Selection;
import org.jspecify.annotations.Nullable;

/// The effects of decisions on a proposal, and the rules for them; the same when a decision is recorded and when it
/// is released.
record ProposalDecisions(Proposal proposal) {

    /// @param funds the known funds of the call
    /// @throws RuleViolation where the decision is not possible now
    Decision effect(DecisionRecorded it, Call call, Collection<KnownFund> funds, Instant now) {
        Bounds.reason(it.reason());
        Decision effect = switch (it.decision()) {
            case ELIGIBLE -> new FoundEligible(judged(call, now), it.reason());
            case INELIGIBLE -> new FoundIneligible(judged(call, now), it.reason());
            case SELECTED -> selected(it, call, funds);
            case RESERVE_LISTED -> {
                proposal.state().from(State.ELIGIBLE);
                yield new ReserveListed(proposal.selection().number(), it.reason());
            }
            case NOT_APPROVED -> new NotApproved(it.reason());
        };
        State _ = proposal.state().after(effect);
        return effect;
    }

    /// The effect of a decision that is released; empty where it is not possible any more.
    Optional<Decision> effectIfPossible(DecisionRecorded it, Call call, Collection<KnownFund> funds, Instant now) {
        try {
            return Optional.of(effect(it, call, funds, now));
        } catch (RuleViolation | ValidationFailed _) {
            return Optional.empty();
        }
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
        if (proposal.submission() == null && proposal.state() != State.SUBMITTED)
            throw new RuleViolation("in-partners-hands", "It was never submitted.");
        if (proposal.state() != State.SUBMITTED && !proposal.isOver(call, now))
            throw new RuleViolation(
                    "in-partners-hands.again", "Its partners may still hand it in again; decide after their deadline.");
        return proposal.submissions().size();
    }

    private ProposalSelected selected(DecisionRecorded it, Call call, Collection<KnownFund> funds) {
        proposal.state().from(State.ELIGIBLE, State.RESERVE_LISTED);
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
