package koinon.projects.project.event;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;
import koinon.projects.plan.ApprovedPlan;
import org.jspecify.annotations.Nullable;

/// The events of a project. The event envelope carries the project's id, the sequence, the actor and the time.
public sealed interface ProjectEvent extends DomainEvent {

    /// The events of one milestone; all of them require an active project.
    sealed interface MilestoneEvent extends ProjectEvent {

        String milestone();
    }

    /// The proposal was approved, which creates the project.
    ///
    /// @param selection number of the approved selection
    /// @param award the approved plan; version 1 of the project's plan
    @EventType("koinon.project.created.v1")
    record ProjectCreated(Integer selection, ApprovedPlan award) implements ProjectEvent {}

    /// The events of one partner city.
    sealed interface PartnerEvent extends ProjectEvent {

        String city();
    }

    /// A partner's signatory has signed the partnership agreement.
    @EventType("koinon.project.partnership-signed.v1")
    record PartnershipSigned(String city) implements PartnerEvent {}

    /// A partner does not want to go on; the secretariat decides what follows.
    @EventType("koinon.project.partner-stepped-back.v1")
    record PartnerSteppedBack(String city, @FreeText String reason) implements PartnerEvent {}

    /// The partner goes on after all.
    ///
    /// @param signed whether it has signed the partnership agreement
    @EventType("koinon.project.step-back-withdrawn.v1")
    record StepBackWithdrawn(String city, boolean signed) implements PartnerEvent {}

    /// The project goes on without a partner that stepped back.
    @EventType("koinon.project.partner-released.v1")
    record PartnerReleased(String city, @FreeText String reason) implements PartnerEvent {}

    /// Everything that the call requires is signed and in force.
    @EventType("koinon.project.started.v1")
    record ProjectStarted() implements ProjectEvent {}

    @EventType("koinon.project.suspended.v1")
    record ProjectSuspended(@FreeText String reason) implements ProjectEvent {}

    @EventType("koinon.project.resumed.v1")
    record ProjectResumed(@FreeText String reason) implements ProjectEvent {}

    /// The verifying role completed the project.
    @EventType("koinon.project.completed.v1")
    record ProjectCompleted(@FreeText String reason) implements ProjectEvent {}

    /// It was completed by mistake and goes on.
    @EventType("koinon.project.completion-reversed.v1")
    record CompletionReversed(@FreeText String reason) implements ProjectEvent {}

    @EventType("koinon.project.terminated.v1")
    record ProjectTerminated(@FreeText String reason) implements ProjectEvent {}

    /// Neither work nor money is open.
    @EventType("koinon.project.closed.v1")
    record ProjectClosed(@FreeText String reason) implements ProjectEvent {}

    /// @param evidence absent where there is none
    @EventType("koinon.project.milestone-reported.v1")
    record MilestoneReported(
            String milestone,
            @FreeText String text,
            @Nullable List<Evidence> evidence) implements MilestoneEvent {

        public MilestoneReported {
            evidence = evidence == null || evidence.isEmpty() ? null : List.copyOf(evidence);
        }
    }

    /// @param achieved fraction achieved, 0 to 1, at most four decimals
    /// @param reason why only a part was achieved; absent when `achieved` is 1
    @EventType("koinon.project.milestone-verified.v1")
    record MilestoneVerified(
            String milestone,
            BigDecimal achieved,
            @FreeText @Nullable String reason) implements MilestoneEvent {}

    @EventType("koinon.project.milestone-returned.v1")
    record MilestoneReturned(String milestone, @FreeText String reason) implements MilestoneEvent {}

    /// The verification was a mistake; the milestone earns nothing until it is verified again.
    @EventType("koinon.project.verification-withdrawn.v1")
    record VerificationWithdrawn(String milestone, @FreeText String reason) implements MilestoneEvent {}

    /// The events of the lead's request for a later due day.
    sealed interface PostponementEvent extends MilestoneEvent {}

    /// @param due the requested day
    @EventType("koinon.project.postponement-requested.v1")
    record PostponementRequested(
            String milestone, LocalDate due, @FreeText String reason) implements PostponementEvent {}

    /// @param due the new due day
    @EventType("koinon.project.postponement-agreed.v1")
    record PostponementAgreed(
            String milestone, LocalDate due, @FreeText String reason) implements PostponementEvent {}

    @EventType("koinon.project.postponement-refused.v1")
    record PostponementRefused(String milestone, @FreeText String reason) implements PostponementEvent {}

    @EventType("koinon.project.postponement-withdrawn.v1")
    record PostponementWithdrawn(String milestone, @FreeText String reason) implements PostponementEvent {}

    /// The request is obsolete: the milestone is reported, or the project has ended.
    @EventType("koinon.project.postponement-lapsed.v1")
    record PostponementLapsed(String milestone, String reason) implements PostponementEvent {}

    @EventType("koinon.project.next-changed.v1")
    record NextChanged() implements ProjectEvent, NextActionsChanged {}

    /// The text is redacted wherever it stands.
    @EventType("koinon.project.text-redacted.v1")
    record TextRedacted(String digest, @FreeText String reason) implements ProjectEvent, DomainEvent.TextRedacted {}
}
