package koinon.gateway.projection;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import koinon.eventing.redaction.FreeText;
import koinon.gateway.audience.Reason;
import koinon.gateway.projection.ProjectEvent.*;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// The facts of one project that a status shows.
public final class ProjectProjection extends Projection<ProjectEvent> {

    /// The progress of a milestone.
    ///
    /// @param achieved the fraction that was verified, from 0 to 1; absent unless it is verified
    /// @param reason why not all of it was verified, or why it was returned
    public record MilestoneProgress(
            @Nullable BigDecimal achieved,
            @Nullable Reason reason,
            @Nullable Instant at) {

        /// A milestone that was not reported yet.
        public static final MilestoneProgress NOTHING = new MilestoneProgress(null, null, null);
    }

    /// The lead's open request to postpone a milestone.
    ///
    /// @param due the requested day
    public record Postponement(
            LocalDate due, @FreeText @Nullable String reason, Instant requestedAt) {}

    private @Nullable ApprovedPlan approvedPlan;
    private List<ApprovedPlan.Milestone> planned = List.of();
    private SortedMap<String, MilestoneProgress> milestones = Collections.emptySortedMap();
    private SortedMap<String, Postponement> postponements = Collections.emptySortedMap();

    public ProjectProjection() {}

    @Override
    protected void when(ProjectEvent event, EventRecord message) {
        switch (event) {
            case Created e -> {
                approvedPlan = e.award();
                planned = e.award().milestones();
            }
            case PartnershipSigned _, Started _ -> {}
            case PartnerReleased e -> decided(message, e.reason());
            case Suspended e -> decided(message, e.reason());
            case Resumed e -> decided(message, e.reason());
            case Completed e -> decided(message, e.reason());
            case Terminated e -> decided(message, e.reason());
            case Closed e -> decided(message, e.reason());
            case MilestoneReported e -> set(e.milestone(), new MilestoneProgress(null, null, message.at()));
            case MilestoneVerified e ->
                set(e.milestone(), new MilestoneProgress(e.achieved(), message.reason(e.reason()), message.at()));
            case MilestoneReturned e ->
                set(e.milestone(), new MilestoneProgress(null, message.reason(e.reason()), message.at()));
            case VerificationWithdrawn e ->
                set(e.milestone(), new MilestoneProgress(null, message.reason(e.reason()), message.at()));
            case PostponementRequested e ->
                postponements = ImmutableCollections.with(
                        postponements, e.milestone(), new Postponement(e.due(), e.reason(), message.at()));
            case PostponementAgreed e -> {
                postpone(e.milestone(), e.due());
                decidedPostponement(e.milestone(), message, e.reason());
            }
            case PostponementRefused e -> decidedPostponement(e.milestone(), message, e.reason());
            case PostponementWithdrawn e -> postponements = ImmutableCollections.without(postponements, e.milestone());
            case PostponementLapsed e -> postponements = ImmutableCollections.without(postponements, e.milestone());
        }
    }

    private void set(String milestone, MilestoneProgress progress) {
        milestones = ImmutableCollections.with(milestones, milestone, progress);
    }

    private void postpone(String milestone, LocalDate due) {
        planned = planned.stream()
                .map(it -> it.id().equals(milestone)
                        ? new ApprovedPlan.Milestone(it.id(), it.title(), due, it.tranche(), it.weight())
                        : it)
                .toList();
    }

    private void decidedPostponement(String milestone, EventRecord message, @Nullable String reason) {
        postponements = ImmutableCollections.without(postponements, milestone);
        decided(message, reason);
    }

    /// The plan that the project was created with.
    public @Nullable ApprovedPlan approvedPlan() {
        return approvedPlan;
    }

    /// The milestones, each with the day that was agreed last.
    public List<ApprovedPlan.Milestone> planned() {
        return planned;
    }

    /// The progress of one milestone.
    public MilestoneProgress milestone(String id) {
        return milestones.getOrDefault(id, MilestoneProgress.NOTHING);
    }

    /// The open request to postpone a milestone; absent if there is none.
    public @Nullable Postponement postponement(String milestone) {
        return postponements.get(milestone);
    }

    @Override
    public List<PartnerAmounts> amountsOfPartners() {
        return approvedPlan == null
                ? List.of()
                : approvedPlan.partners().stream()
                        .map(it -> new PartnerAmounts(it.city(), it.grant(), it.coFinancing()))
                        .toList();
    }

    @Override
    protected String projectOf(String id) {
        return id;
    }
}
