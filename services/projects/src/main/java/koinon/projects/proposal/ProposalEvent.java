package koinon.projects.proposal;

import java.time.LocalDate;
import java.util.List;
import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventType;
import koinon.platform.model.Money;
import koinon.projects.plan.Award;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Grant;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.PartnerShare;
import koinon.projects.plan.Plan;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to a proposal.
public sealed interface ProposalEvent extends DomainEvent {

    /// What is written while the proposal is in its partners' hands.
    sealed interface Written extends ProposalEvent {}

    /// What someone decided about the whole, and why.
    sealed interface Reasoned extends ProposalEvent {
        String reason();
    }

    /// What concerns one partner city.
    sealed interface PartnerEvent extends Written {
        String city();
    }

    @EventType("koinon.proposal.drafted.v1")
    record ProposalDrafted(String call, Integer callVersion, String lead, String title) implements ProposalEvent {}

    @EventType("koinon.proposal.summary-changed.v1")
    record SummaryChanged(
            String title,
            String summary,
            List<String> themes,
            List<Integer> sdgs,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn)
            implements Written {}

    @EventType("koinon.proposal.work-plan-changed.v1")
    record WorkPlanChanged(List<Milestone> milestones) implements Written {}

    @EventType("koinon.proposal.partner-invited.v1")
    record PartnerInvited(String city) implements PartnerEvent {}

    @EventType("koinon.proposal.partner-accepted.v1")
    record PartnerAccepted(String city) implements PartnerEvent {}

    @EventType("koinon.proposal.partner-declined.v1")
    record PartnerDeclined(String city, String reason) implements PartnerEvent {}

    @EventType("koinon.proposal.partner-removed.v1")
    record PartnerRemoved(String city, String reason) implements PartnerEvent {}

    @EventType("koinon.proposal.partner-part-changed.v1")
    record PartnerPartChanged(String city, Money grant, List<Contribution> contributions, Money overhead, String tasks)
            implements PartnerEvent {}

    @EventType("koinon.proposal.partner-committed.v1")
    record PartnerCommitted(String city) implements PartnerEvent {}

    @EventType("koinon.proposal.commitment-withdrawn.v1")
    record CommitmentWithdrawn(String city, String reason) implements PartnerEvent {}

    /// What it was given for changed.
    @EventType("koinon.proposal.commitment-lapsed.v1")
    record CommitmentLapsed(String city, String reason) implements PartnerEvent {}

    /// @param version how often it has been submitted, this time included
    /// @param plan what was submitted; a later decision may restore it
    @EventType("koinon.proposal.submitted.v1")
    record ProposalSubmitted(Integer version, Integer callVersion, Plan plan) implements ProposalEvent {}

    @EventType("koinon.proposal.reopened.v1")
    record ProposalReopened() implements ProposalEvent {}

    @EventType("koinon.proposal.returned.v1")
    record ProposalReturned(String reason, Deadline until) implements Reasoned {}

    /// @param submission the number of the submission that was judged, which is the plan from here on
    @EventType("koinon.proposal.found-eligible.v1")
    record FoundEligible(Integer submission, String reason) implements Reasoned {}

    /// @param submission the number of the submission that was judged, which is the plan from here on
    @EventType("koinon.proposal.found-ineligible.v1")
    record FoundIneligible(Integer submission, String reason) implements Reasoned {}

    @EventType("koinon.proposal.withdrawn.v1")
    record ProposalWithdrawn(String reason) implements Reasoned {}

    @EventType("koinon.proposal.not-approved.v1")
    record NotApproved(String reason) implements Reasoned {}

    /// @param selection how often it has been selected, this time included
    /// @param grants one per fund that is to pay; none when there is no grant
    @EventType("koinon.proposal.selected.v1")
    record ProposalSelected(
            Integer selection, String call, List<PartnerShare> partners, String lead, List<Grant> grants, String reason)
            implements Reasoned {}

    /// @param selection the selection that a fund refused; 0 when it was never selected
    @EventType("koinon.proposal.reserve-listed.v1")
    record ReserveListed(Integer selection, String reason) implements Reasoned {}

    /// @param award all that a project starts with
    @EventType("koinon.proposal.approved.v1")
    record ProposalApproved(Integer selection, Award award) implements ProposalEvent {}
}
