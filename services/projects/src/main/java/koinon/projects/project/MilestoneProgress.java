package koinon.projects.project;

import static koinon.projects.project.MilestoneProgress.State.PLANNED;

import java.math.BigDecimal;
import java.time.LocalDate;
import koinon.platform.model.By;
import koinon.platform.model.Lifecycle;
import koinon.projects.plan.Milestone;
import koinon.projects.project.ProjectEvent.*;
import org.jspecify.annotations.Nullable;

/// How far a project has come with one of its milestones. Like its project it changes in [#when] only.
final class MilestoneProgress {

    private Milestone planned;
    private State state = PLANNED;
    private @Nullable String text;
    private @Nullable String reportedBy;
    private @Nullable BigDecimal achieved;
    private @Nullable String verifiedBy;
    private @Nullable String reason;
    private @Nullable Postponement postponement;

    /// The lead's wish to have it later, not decided yet.
    ///
    /// @param requestedBy that person never decides it
    record Postponement(LocalDate due, String reason, String requestedBy) {}

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
                case PostponementEvent _ -> from(PLANNED, RETURNED);
            };
        }
    }

    MilestoneProgress(Milestone planned) {
        this.planned = planned;
    }

    void when(MilestoneEvent event, By by) {
        state = state.after(event);
        switch (event) {
            case MilestoneReported e -> {
                text = e.text();
                reportedBy = by.actor();
                reason = null;
            }
            case MilestoneVerified e -> {
                achieved = e.achieved();
                verifiedBy = by.actor();
                reason = e.reason();
            }
            case MilestoneReturned e -> reason = e.reason();
            case VerificationWithdrawn e -> {
                achieved = null;
                verifiedBy = null;
                reason = e.reason();
            }
            case PostponementRequested e -> postponement = new Postponement(e.due(), e.reason(), by.actor());
            case PostponementAgreed e -> {
                planned = new Milestone(planned.id(), planned.title(), e.due(), planned.tranche(), planned.weight());
                postponement = null;
            }
            case PostponementRefused _, PostponementWithdrawn _, PostponementLapsed _ -> postponement = null;
        }
    }

    /// What was promised, for the day last agreed.
    Milestone planned() {
        return planned;
    }

    State state() {
        return state;
    }

    boolean isVerified() {
        return state == State.VERIFIED;
    }

    /// What the partners reported last.
    @Nullable
    String text() {
        return text;
    }

    /// Who reported it last; that person never verifies it.
    @Nullable
    String reportedBy() {
        return reportedBy;
    }

    /// The part that was verified, 0 to 1; only while it is verified.
    @Nullable
    BigDecimal achieved() {
        return achieved;
    }

    /// Who verified it; another person withdraws that.
    @Nullable
    String verifiedBy() {
        return verifiedBy;
    }

    /// Why it was verified in part, returned, or its verification withdrawn.
    @Nullable
    String reason() {
        return reason;
    }

    /// The wish to have it later that is still open.
    @Nullable
    Postponement postponement() {
        return postponement;
    }
}
