package koinon.projects.project;

import java.math.BigDecimal;
import java.time.LocalDate;
import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventType;
import koinon.projects.plan.Award;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to a project. Whose it is, its number, who and when stand in the envelope.
sealed interface ProjectEvent extends DomainEvent {

    /// What happens to one milestone, all of it only while the project is active.
    sealed interface MilestoneEvent extends ProjectEvent {

        String milestone();
    }

    /// The proposal was approved, so there is a project.
    ///
    /// @param selection number of the selection that led here
    /// @param award what was approved; the project's plan, version one
    @EventType("koinon.project.created.v1")
    record ProjectCreated(Integer selection, Award award) implements ProjectEvent {}

    /// A partner's signatory has signed the partnership agreement.
    @EventType("koinon.project.partnership-signed.v1")
    record PartnershipSigned(String city) implements ProjectEvent {}

    /// Everything that the call requires is signed and in force.
    @EventType("koinon.project.started.v1")
    record ProjectStarted() implements ProjectEvent {}

    @EventType("koinon.project.suspended.v1")
    record ProjectSuspended(String reason) implements ProjectEvent {}

    @EventType("koinon.project.resumed.v1")
    record ProjectResumed(String reason) implements ProjectEvent {}

    /// The verifying role found all its work done.
    @EventType("koinon.project.completed.v1")
    record ProjectCompleted(String reason) implements ProjectEvent {}

    @EventType("koinon.project.terminated.v1")
    record ProjectTerminated(String reason) implements ProjectEvent {}

    /// Nothing is open any more, in the work or in the money.
    @EventType("koinon.project.closed.v1")
    record ProjectClosed(String reason) implements ProjectEvent {}

    @EventType("koinon.project.milestone-reported.v1")
    record MilestoneReported(String milestone, String text) implements MilestoneEvent {}

    /// @param achieved the part of it that was reached, 0 to 1, at most four decimals
    /// @param reason why not all of it; absent when `achieved` is 1
    @EventType("koinon.project.milestone-verified.v1")
    record MilestoneVerified(
            String milestone, BigDecimal achieved, @Nullable String reason) implements MilestoneEvent {}

    @EventType("koinon.project.milestone-returned.v1")
    record MilestoneReturned(String milestone, String reason) implements MilestoneEvent {}

    /// A verification was a mistake; what it earned is no longer earned.
    @EventType("koinon.project.verification-withdrawn.v1")
    record VerificationWithdrawn(String milestone, String reason) implements MilestoneEvent {}

    /// What becomes of the lead's wish to have a milestone later.
    sealed interface PostponementEvent extends MilestoneEvent {}

    /// @param due the day wished for
    @EventType("koinon.project.postponement-requested.v1")
    record PostponementRequested(String milestone, LocalDate due, String reason) implements PostponementEvent {}

    /// @param due the day that the milestone is promised for from here on
    @EventType("koinon.project.postponement-agreed.v1")
    record PostponementAgreed(String milestone, LocalDate due, String reason) implements PostponementEvent {}

    @EventType("koinon.project.postponement-refused.v1")
    record PostponementRefused(String milestone, String reason) implements PostponementEvent {}

    @EventType("koinon.project.postponement-withdrawn.v1")
    record PostponementWithdrawn(String milestone, String reason) implements PostponementEvent {}

    /// There is nothing left to decide: the milestone is reported, or the project is ended.
    @EventType("koinon.project.postponement-lapsed.v1")
    record PostponementLapsed(String milestone, String reason) implements PostponementEvent {}
}
