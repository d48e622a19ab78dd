package koinon.gateway.projection;

import java.math.BigDecimal;
import java.time.LocalDate;
import koinon.eventing.model.EventType;
import org.jspecify.annotations.Nullable;

/// The events of a project.
public sealed interface ProjectEvent {

    /// An event of one milestone.
    sealed interface OfMilestone extends ProjectEvent {
        String milestone();
    }

    @EventType("koinon.project.created.v1")
    record Created(ApprovedPlan award) implements ProjectEvent {}

    @EventType("koinon.project.partnership-signed.v1")
    record PartnershipSigned(String city) implements ProjectEvent {}

    @EventType("koinon.project.partner-released.v1")
    record PartnerReleased(String city, @Nullable String reason) implements ProjectEvent {}

    @EventType("koinon.project.started.v1")
    record Started() implements ProjectEvent {}

    @EventType("koinon.project.suspended.v1")
    record Suspended(@Nullable String reason) implements ProjectEvent {}

    @EventType("koinon.project.resumed.v1")
    record Resumed(@Nullable String reason) implements ProjectEvent {}

    @EventType("koinon.project.completed.v1")
    record Completed(@Nullable String reason) implements ProjectEvent {}

    @EventType("koinon.project.terminated.v1")
    record Terminated(@Nullable String reason) implements ProjectEvent {}

    @EventType("koinon.project.closed.v1")
    record Closed(@Nullable String reason) implements ProjectEvent {}

    @EventType("koinon.project.milestone-reported.v1")
    record MilestoneReported(String milestone) implements OfMilestone {}

    @EventType("koinon.project.milestone-verified.v1")
    record MilestoneVerified(
            String milestone, BigDecimal achieved, @Nullable String reason) implements OfMilestone {}

    @EventType("koinon.project.milestone-returned.v1")
    record MilestoneReturned(String milestone, @Nullable String reason) implements OfMilestone {}

    @EventType("koinon.project.verification-withdrawn.v1")
    record VerificationWithdrawn(String milestone, @Nullable String reason) implements OfMilestone {}

    @EventType("koinon.project.postponement-requested.v1")
    record PostponementRequested(
            String milestone, LocalDate due, @Nullable String reason) implements OfMilestone {}

    @EventType("koinon.project.postponement-agreed.v1")
    record PostponementAgreed(
            String milestone, LocalDate due, @Nullable String reason) implements OfMilestone {}

    @EventType("koinon.project.postponement-refused.v1")
    record PostponementRefused(String milestone, @Nullable String reason) implements OfMilestone {}

    @EventType("koinon.project.postponement-withdrawn.v1")
    record PostponementWithdrawn(String milestone) implements OfMilestone {}

    @EventType("koinon.project.postponement-lapsed.v1")
    record PostponementLapsed(String milestone) implements OfMilestone {}
}
