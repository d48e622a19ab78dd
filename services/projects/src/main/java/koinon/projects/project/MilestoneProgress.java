package koinon.projects.project;

import static koinon.projects.project.MilestoneProgress.State.PLANNED;

import java.math.BigDecimal;
import koinon.platform.model.By;
import koinon.platform.model.Lifecycle;
import koinon.projects.plan.Milestone;
import koinon.projects.project.ProjectEvent.MilestoneEvent;
import koinon.projects.project.ProjectEvent.MilestoneReported;
import koinon.projects.project.ProjectEvent.MilestoneReturned;
import koinon.projects.project.ProjectEvent.MilestoneVerified;
import koinon.projects.project.ProjectEvent.VerificationWithdrawn;
import org.jspecify.annotations.Nullable;

/// How far a project has come with one of its milestones.
///
/// @param planned what was promised
/// @param text what the partners reported last
/// @param reportedBy who reported it last; that person never verifies it
/// @param achieved the part that was verified, 0 to 1; only while it is verified
/// @param verifiedBy who verified it; another person withdraws that
/// @param reason why it was verified in part, returned, or its verification withdrawn
record MilestoneProgress(
        Milestone planned,
        State state,
        @Nullable String text,
        @Nullable String reportedBy,
        @Nullable BigDecimal achieved,
        @Nullable String verifiedBy,
        @Nullable String reason) {

    enum State implements Lifecycle<State> {
        /// Promised; nothing has been reported.
        PLANNED,
        /// A partner says that it is done; the verifying role looks at it.
        REPORTED,
        /// Found achieved, wholly or in part: its share of a tranche is earned.
        VERIFIED,
        /// Not accepted as reported, or no longer held to be verified; a partner reports it again.
        RETURNED;

        State after(MilestoneEvent event) {
            return switch (event) {
                case MilestoneReported _ -> from(PLANNED, RETURNED).to(REPORTED);
                case MilestoneVerified _ -> from(REPORTED).to(VERIFIED);
                case MilestoneReturned _ -> from(REPORTED).to(RETURNED);
                case VerificationWithdrawn _ -> from(VERIFIED).to(RETURNED);
            };
        }
    }

    static MilestoneProgress of(Milestone planned) {
        return new MilestoneProgress(planned, PLANNED, null, null, null, null, null);
    }

    boolean isVerified() {
        return state == State.VERIFIED;
    }

    MilestoneProgress after(MilestoneEvent event, By by) {
        State next = state.after(event);
        return switch (event) {
            case MilestoneReported e -> new MilestoneProgress(planned, next, e.text(), by.actor(), null, null, null);
            case MilestoneVerified e ->
                new MilestoneProgress(planned, next, text, reportedBy, e.achieved(), by.actor(), e.reason());
            case MilestoneReturned e -> new MilestoneProgress(planned, next, text, reportedBy, null, null, e.reason());
            case VerificationWithdrawn e ->
                new MilestoneProgress(planned, next, text, reportedBy, null, null, e.reason());
        };
    }
}
