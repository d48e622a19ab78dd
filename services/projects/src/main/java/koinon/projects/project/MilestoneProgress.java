package koinon.projects.project;

import static koinon.projects.project.MilestoneProgress.State.PLANNED;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.action.Moment;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.redaction.FreeText;
import koinon.projects.plan.Milestone;
import koinon.projects.project.event.Evidence;
import koinon.projects.project.event.ProjectEvent.*;
import org.jspecify.annotations.Nullable;

/// The progress of a milestone. Like its project it changes only in [#when].
final class MilestoneProgress {

    private Milestone planned;
    private State state = PLANNED;

    @FreeText
    private @Nullable String text;

    private List<Evidence> evidence = List.of();
    private List<String> reportedBy = List.of();
    private @Nullable BigDecimal achieved;
    private List<String> verifiedBy = List.of();

    @FreeText
    private @Nullable String reason;

    private @Nullable Postponement postponement;

    /// The lead's open request for a later due day.
    ///
    /// @param requestedBy the hands that requested it; another person decides
    record Postponement(LocalDate due, @FreeText String reason, List<String> requestedBy) {}

    enum State implements Lifecycle<State> {
        /// Planned; nothing is reported.
        PLANNED("a partner reports it."),
        /// A partner reported it as done; the verifying role examines it.
        REPORTED("who verifies it may verify or return it."),
        /// Verified, fully or in part: its share of a tranche is earned.
        VERIFIED("another person may withdraw the verification."),
        /// Returned by the verifying role, or its verification was withdrawn; a partner reports it again.
        RETURNED("a partner reports it again.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

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

    void when(MilestoneEvent event, Actor by) {
        state = state.after(event);
        switch (event) {
            case MilestoneReported e -> {
                text = e.text();
                evidence = e.evidence() == null ? List.of() : e.evidence();
                reportedBy = Stream.concat(reportedBy.stream(), by.hands().stream())
                        .distinct()
                        .toList();
                reason = null;
            }
            case MilestoneVerified e -> {
                achieved = e.achieved();
                verifiedBy = by.hands();
                reason = e.reason();
            }
            case MilestoneReturned e -> reason = e.reason();
            case VerificationWithdrawn e -> {
                achieved = null;
                verifiedBy = List.of();
                reason = e.reason();
            }
            case PostponementRequested e -> postponement = new Postponement(e.due(), e.reason(), by.hands());
            case PostponementAgreed e -> {
                planned = new Milestone(planned.id(), planned.title(), e.due(), planned.tranche(), planned.weight());
                postponement = null;
            }
            case PostponementRefused _, PostponementWithdrawn _, PostponementLapsed _ -> postponement = null;
        }
    }

    /// What can be done next for it while the project is active.
    ///
    /// @param zone in which days end
    Stream<NextAction> nextActions(ProjectPermissions permissions, ZoneId zone) {
        return Stream.concat(work(permissions, zone), decision(permissions, zone))
                .map(it -> it.on("milestone/" + planned.id()));
    }

    private Stream<NextAction> work(ProjectPermissions permissions, ZoneId zone) {
        String title = planned.title();
        return switch (state) {
            case PLANNED, RETURNED ->
                Stream.of(NextAction.of(
                                "milestone.report",
                                permissions.leadEditor(),
                                "Report the milestone \"%s\".",
                                "title",
                                title)
                        .due(Moment.endOf(planned.due(), zone)));
            case REPORTED ->
                permissions
                        .verifications("milestone.verify", "Verify or return the milestone \"%s\".", "title", title)
                        .map(it -> it.notBy(reportedBy));
            case VERIFIED -> Stream.of();
        };
    }

    private Stream<NextAction> decision(ProjectPermissions permissions, ZoneId zone) {
        @Nullable Postponement open = postponement;
        if (open == null) return Stream.of();
        Object[] values = {"title", planned.title(), "due", open.due().toString()};
        return Stream.of(
                permissions
                        .decision("postponement.agree", "Agree to have the milestone \"%s\" on %s.", values)
                        .until(Moment.endOf(open.due(), zone))
                        .notBy(open.requestedBy()),
                permissions
                        .decision("postponement.refuse", "Refuse to have the milestone \"%s\" on %s.", values)
                        .notBy(open.requestedBy()));
    }

    /// The milestone with the due day agreed last.
    Milestone planned() {
        return planned;
    }

    State state() {
        return state;
    }

    boolean isVerified() {
        return state == State.VERIFIED;
    }

    /// The text of the latest report.
    @Nullable
    String text() {
        return text;
    }

    /// The evidence of the latest report.
    List<Evidence> evidence() {
        return evidence;
    }

    /// The hands that ever reported it; another person verifies it.
    List<String> reportedBy() {
        return reportedBy;
    }

    /// The fraction achieved, 0 to 1; present only while it is verified.
    @Nullable
    BigDecimal achieved() {
        return achieved;
    }

    /// The hands that verified it; another person withdraws the verification.
    List<String> verifiedBy() {
        return verifiedBy;
    }

    /// Why it was verified in part or returned, or why its verification was withdrawn.
    @Nullable
    String reason() {
        return reason;
    }

    /// The open request for a later due day.
    @Nullable
    Postponement postponement() {
        return postponement;
    }
}
