package koinon.gateway.projection;

import java.time.LocalDate;
import java.util.List;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.value.Money;
import koinon.gateway.directory.LocalDeadline;
import org.jspecify.annotations.Nullable;

/// The events of a proposal that a status needs.
public sealed interface ProposalEvent {

    /// An event of one partner.
    sealed interface OfPartner extends ProposalEvent {
        String city();
    }

    @EventType("koinon.proposal.drafted.v1")
    record Drafted(String call, @Nullable Integer callVersion, String lead, String title) implements ProposalEvent {}

    @EventType("koinon.proposal.summary-changed.v1")
    record SummaryChanged(
            String title,
            @Nullable String summary,
            @Nullable List<String> themes,
            @Nullable List<Integer> sdgs,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn)
            implements ProposalEvent {}

    @EventType("koinon.proposal.work-plan-changed.v1")
    record WorkPlanChanged(List<ApprovedPlan.Milestone> milestones) implements ProposalEvent {}

    @EventType("koinon.proposal.partner-invited.v1")
    record PartnerInvited(String city) implements OfPartner {}

    @EventType("koinon.proposal.partner-accepted.v1")
    record PartnerAccepted(String city) implements OfPartner {}

    @EventType("koinon.proposal.partner-declined.v1")
    record PartnerDeclined(String city, @Nullable String reason) implements OfPartner {}

    @EventType("koinon.proposal.partner-removed.v1")
    record PartnerRemoved(String city, @Nullable String reason) implements OfPartner {}

    @EventType("koinon.proposal.partner-part-changed.v1")
    record PartnerPartChanged(
            String city, @Nullable Money grant, @Nullable List<Contribution> contributions) implements OfPartner {}

    @EventType("koinon.proposal.partner-committed.v1")
    record PartnerCommitted(String city) implements OfPartner {}

    @EventType("koinon.proposal.commitment-withdrawn.v1")
    record CommitmentWithdrawn(String city, @Nullable String reason) implements OfPartner {}

    @EventType("koinon.proposal.commitment-lapsed.v1")
    record CommitmentLapsed(String city, @Nullable String reason) implements OfPartner {}

    @EventType("koinon.proposal.partner-stepped-back.v1")
    record PartnerSteppedBack(String city, @Nullable String reason) implements OfPartner {}

    @EventType("koinon.proposal.step-back-withdrawn.v1")
    record StepBackWithdrawn(String city) implements OfPartner {}

    @EventType("koinon.proposal.submitted.v1")
    record Submitted(Integer version, Plan plan) implements ProposalEvent {}

    @EventType("koinon.proposal.reopened.v1")
    record Reopened() implements ProposalEvent {}

    @EventType("koinon.proposal.returned.v1")
    record Returned(@Nullable String reason, @Nullable LocalDeadline until) implements ProposalEvent {}

    @EventType("koinon.proposal.found-eligible.v1")
    record FoundEligible(Integer submission, @Nullable String reason) implements ProposalEvent {}

    @EventType("koinon.proposal.found-ineligible.v1")
    record FoundIneligible(Integer submission, @Nullable String reason) implements ProposalEvent {}

    @EventType("koinon.proposal.selected.v1")
    record Selected(
            Integer selection,
            @Nullable List<ApprovedPlan.Partner> partners,
            @Nullable List<ApprovedPlan.Grant> grants,
            @Nullable String reason)
            implements ProposalEvent {}

    @EventType("koinon.proposal.reserve-listed.v1")
    record ReserveListed(@Nullable String reason) implements ProposalEvent {}

    @EventType("koinon.proposal.approved.v1")
    record Approved(ApprovedPlan award) implements ProposalEvent {}

    @EventType("koinon.proposal.not-approved.v1")
    record NotApproved(@Nullable String reason) implements ProposalEvent {}

    @EventType("koinon.proposal.withdrawn.v1")
    record Withdrawn(@Nullable String reason) implements ProposalEvent {}

    /// A contribution of a partner.
    record Contribution(Money amount) {}

    /// The submitted plan.
    record Plan(
            @FreeText String title,
            @FreeText @Nullable String summary,
            List<String> themes,
            List<Integer> sdgs,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            List<ApprovedPlan.Milestone> milestones,
            List<Part> parts) {}

    /// A partner's part of the submitted plan.
    record Part(
            String city, @Nullable Money grant, @Nullable List<Contribution> contributions) {}
}
