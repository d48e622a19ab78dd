package koinon.projects.proposal.event;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koinon.eventing.action.Deadline;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.value.Money;
import koinon.projects.origin.Origin;
import koinon.projects.plan.ApprovedPlan;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Grant;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.PartnerShare;
import koinon.projects.plan.Plan;
import org.jspecify.annotations.Nullable;

/// The events of a proposal.
public sealed interface ProposalEvent extends DomainEvent {

    /// An edit of what is common to the partners.
    sealed interface Edit extends ProposalEvent {}

    /// A decision on the proposal, with its reason.
    sealed interface Decision extends ProposalEvent {
        String reason();
    }

    /// An event of one partner city.
    sealed interface PartnerEvent extends ProposalEvent {
        String city();
    }

    /// An event of one partner city while the partners write.
    sealed interface PartnerEdit extends PartnerEvent {}

    /// @param origin what it came from; absent where nobody named it
    @EventType("koinon.proposal.drafted.v1")
    record ProposalDrafted(
            String call,
            Integer callVersion,
            String lead,
            @FreeText String title,
            @Nullable Origin origin) implements ProposalEvent {}

    @EventType("koinon.proposal.summary-changed.v1")
    record SummaryChanged(
            @FreeText String title,
            @FreeText String summary,
            List<String> themes,
            List<Integer> sdgs,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn)
            implements Edit {}

    @EventType("koinon.proposal.work-plan-changed.v1")
    record WorkPlanChanged(List<Milestone> milestones) implements Edit {}

    @EventType("koinon.proposal.partner-invited.v1")
    record PartnerInvited(String city) implements PartnerEdit {}

    /// The lead asked the city again for what it waits for.
    @EventType("koinon.proposal.partner-reminded.v1")
    record PartnerReminded(String city) implements PartnerEdit {}

    @EventType("koinon.proposal.partner-accepted.v1")
    record PartnerAccepted(String city) implements PartnerEdit {}

    @EventType("koinon.proposal.partner-declined.v1")
    record PartnerDeclined(String city, @FreeText String reason) implements PartnerEdit {}

    @EventType("koinon.proposal.partner-removed.v1")
    record PartnerRemoved(String city, @FreeText String reason) implements PartnerEdit {}

    @EventType("koinon.proposal.partner-part-changed.v1")
    record PartnerPartChanged(
            String city,
            Money grant,
            List<Contribution> contributions,
            Money overhead,
            @FreeText String tasks) implements PartnerEdit {}

    @EventType("koinon.proposal.partner-committed.v1")
    record PartnerCommitted(String city) implements PartnerEdit {}

    @EventType("koinon.proposal.commitment-withdrawn.v1")
    record CommitmentWithdrawn(String city, @FreeText String reason) implements PartnerEdit {}

    /// The part that the commitment was given for has changed.
    @EventType("koinon.proposal.commitment-lapsed.v1")
    record CommitmentLapsed(String city, String reason) implements PartnerEdit {}

    /// The city does not stand by what was submitted.
    @EventType("koinon.proposal.partner-stepped-back.v1")
    record PartnerSteppedBack(String city, @FreeText String reason) implements PartnerEvent {}

    /// The city stands by what was submitted again.
    @EventType("koinon.proposal.step-back-withdrawn.v1")
    record StepBackWithdrawn(String city) implements PartnerEvent {}

    /// @param version number of submissions, including this one
    /// @param plan the submitted plan; a later decision may restore it
    @EventType("koinon.proposal.submitted.v1")
    record ProposalSubmitted(Integer version, Integer callVersion, Plan plan) implements ProposalEvent {}

    @EventType("koinon.proposal.reopened.v1")
    record ProposalReopened() implements ProposalEvent {}

    @EventType("koinon.proposal.returned.v1")
    record ProposalReturned(@FreeText String reason, Deadline until) implements Decision {}

    /// @param submission number of the submission that was judged; it is the plan from now on
    @EventType("koinon.proposal.found-eligible.v1")
    record FoundEligible(Integer submission, @FreeText String reason) implements Decision {}

    /// @param submission number of the submission that was judged; it is the plan from now on
    @EventType("koinon.proposal.found-ineligible.v1")
    record FoundIneligible(Integer submission, @FreeText String reason) implements Decision {}

    /// A decision that has no effect until the call releases it; any other fact of the proposal ends it.
    ///
    /// @param beneficiaries of a selection, by fund; the lead where absent
    /// @param release number of the last release of the call before it; a later release puts it into effect
    @EventType("koinon.proposal.decision-recorded.v1")
    record DecisionRecorded(
            Outcome decision, @FreeText String reason, Map<String, String> beneficiaries, Integer release)
            implements ProposalEvent {

        /// What was decided.
        public enum Outcome {
            ELIGIBLE,
            INELIGIBLE,
            SELECTED,
            RESERVE_LISTED,
            NOT_APPROVED
        }

        public DecisionRecorded {
            beneficiaries = Map.copyOf(beneficiaries);
        }
    }

    /// A recorded decision was dropped, because it could not take effect any more.
    @EventType("koinon.proposal.next-changed.v1")
    record NextChanged() implements ProposalEvent, NextActionsChanged {}

    @EventType("koinon.proposal.withdrawn.v1")
    record ProposalWithdrawn(@FreeText String reason) implements Decision {}

    @EventType("koinon.proposal.not-approved.v1")
    record NotApproved(@FreeText String reason) implements Decision {}

    /// The decision on its eligibility is reversed: it is to be decided anew.
    @EventType("koinon.proposal.eligibility-reversed.v1")
    record EligibilityReversed(@FreeText String reason) implements Decision {}

    /// Its non-approval or reserve listing is reversed: it is eligible and to be decided anew.
    @EventType("koinon.proposal.decision-reversed.v1")
    record DecisionReversed(@FreeText String reason) implements Decision {}

    /// @param selection number of selections, including this one
    /// @param grants one per fund that pays; empty when there is no grant
    @EventType("koinon.proposal.selected.v1")
    record ProposalSelected(
            Integer selection,
            String call,
            List<PartnerShare> partners,
            String lead,
            List<Grant> grants,
            @FreeText String reason)
            implements Decision {}

    /// @param selection number of the selection that a fund refused; 0 when it was never selected
    @EventType("koinon.proposal.reserve-listed.v1")
    record ReserveListed(Integer selection, @FreeText String reason) implements Decision {}

    /// @param award the approved plan
    @EventType("koinon.proposal.approved.v1")
    record ProposalApproved(Integer selection, ApprovedPlan award) implements ProposalEvent {}

    /// The text is redacted wherever it stands, in the submissions too.
    @EventType("koinon.proposal.text-redacted.v1")
    record TextRedacted(String digest, @FreeText String reason) implements ProposalEvent, DomainEvent.TextRedacted {}
}
