package koinon.gateway.projection;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.topic.OffsetVector;
import koinon.gateway.audience.Audience;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;

/// The projections of one project, one for each aggregate. Only the events of that aggregate change it, so the
/// order in which topics arrive does not matter.
///
/// @param agreements by the fund's id
/// @param updates when the project changed last
/// @param read the last event that changed the project, by its partition
/// @param readByParticipants the last such event that who takes part in the project may see
/// @param readPublic the last such event that is public after the approval
public record ProjectFacts(
        String id,
        @Nullable ProposalProjection proposal,
        @Nullable ProjectProjection project,
        Map<String, AgreementProjection> agreements,
        Updated updates,
        Map<Integer, Long> read,
        Map<Integer, Long> readByParticipants,
        Map<Integer, Long> readPublic) {

    /// @param last time of the last event
    /// @param lastPublic time of the last event that is public after the approval
    record Updated(Instant last, Instant lastPublic) {

        static final Updated NEVER = new Updated(Instant.EPOCH, Instant.EPOCH);

        Updated with(ProjectedAggregate aggregate) {
            return new Updated(later(last, aggregate.at()), later(lastPublic, aggregate.publicAt()));
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }

    /// A project without events.
    public static ProjectFacts none(String id) {
        return new ProjectFacts(id, null, null, Map.of(), Updated.NEVER, Map.of(), Map.of(), Map.of());
    }

    /// The project that an aggregate belongs to; empty for cities, calls, funds and funders.
    public static Optional<String> projectOf(ProjectedAggregate aggregate) {
        return aggregate.state() instanceof Projection<?> it
                ? Optional.of(it.projectOf(aggregate.id())).filter(project -> !project.isEmpty())
                : Optional.empty();
    }

    /// The facts with the current state of an aggregate.
    public ProjectFacts with(ProjectedAggregate aggregate) {
        return switch (aggregate.state()) {
            case ProposalProjection it -> with(it, project, agreements, aggregate);
            case ProjectProjection it -> with(proposal, it, agreements, aggregate);
            case AgreementProjection it -> {
                var next = new TreeMap<>(agreements);
                next.put(it.fund(), it);
                yield with(proposal, project, next, aggregate);
            }
            case null, default -> this;
        };
    }

    private ProjectFacts with(
            @Nullable ProposalProjection nextProposal,
            @Nullable ProjectProjection nextProject,
            Map<String, AgreementProjection> nextAgreements,
            ProjectedAggregate aggregate) {
        Redactions redactions = redactions(nextProposal, nextProject);
        Map<String, AgreementProjection> shown = nextAgreements;
        if (!redactions.digests().isEmpty()) {
            shown = new TreeMap<>(nextAgreements);
            shown.replaceAll((_, it) -> without(redactions, it));
        }
        return new ProjectFacts(
                id,
                nextProposal == null ? null : without(redactions, nextProposal),
                nextProject == null ? null : without(redactions, nextProject),
                shown,
                updates.with(aggregate),
                marked(read, aggregate.place(), aggregate.changed()),
                marked(readByParticipants, aggregate.place(), aggregate.participantsChanged()),
                marked(readPublic, aggregate.place(), aggregate.publicChanged()));
    }

    /// What is redacted in one of its aggregates is shown from none: they copy each other's texts.
    @SuppressWarnings("unchecked") // a copy has the class of the original
    private static <P extends Projection<?>> P without(Redactions redactions, P projection) {
        return redactions.digests().isEmpty() ? projection : (P) projection.without(redactions);
    }

    private Redactions redactions(@Nullable ProposalProjection ofProposal, @Nullable ProjectProjection ofProject) {
        return Redactions.none(id)
                .with(ofProposal == null ? Set.of() : ofProposal.redacted())
                .with(ofProject == null ? Set.of() : ofProject.redacted());
    }

    /// The texts of the project that no reader is shown any more.
    public Redactions redactions() {
        return redactions(proposal, project);
    }

    /// The facts after a change of an aggregate that the project names; its status must be rendered again.
    public ProjectFacts touchedBy(ProjectedAggregate named) {
        return new ProjectFacts(
                id,
                proposal,
                project,
                agreements,
                updates,
                marked(read, named.place(), named.changed()),
                marked(readByParticipants, named.place(), named.participantsChanged()),
                marked(readPublic, named.place(), named.changed()));
    }

    private static Map<Integer, Long> marked(Map<Integer, Long> before, int place, long offset) {
        if (offset < 0) return before;
        var next = new TreeMap<>(before);
        next.merge(place, offset, Math::max);
        return next;
    }

    /// Whether an event that is not contained in these offsets changed the project.
    public boolean changedSince(OffsetVector offsets) {
        return changedSince(offsets, read);
    }

    /// Like [#changedSince], for events that this audience may see.
    public boolean changedSince(OffsetVector offsets, Audience audience) {
        return changedSince(
                offsets,
                switch (audience) {
                    case PUBLIC -> readPublic;
                    case PARTICIPANTS, FUNDERS -> readByParticipants;
                    case NETWORK -> read;
                });
    }

    private static boolean changedSince(OffsetVector offsets, Map<Integer, Long> events) {
        return events.entrySet().stream().anyMatch(it -> !offsets.contain(it.getKey(), it.getValue()));
    }

    /// Time of the last event that everybody who may see the project may see.
    public Instant updated() {
        return approvedPlan() == null ? updates.last() : updates.lastPublic();
    }

    /// The subjects of the aggregates that belong to the project.
    public Stream<String> subjects() {
        return Stream.concat(
                Stream.of("proposal/" + id, "project/" + id),
                agreements.values().stream().map(it -> "agreement/" + it.id()));
    }

    /// The lifecycle of each aggregate of the project, by its subject, as the network sees it.
    public Map<String, LifecycleState> networkLifecycles() {
        return lifecycles(Projection::networkLifecycle);
    }

    /// The lifecycles as everybody sees them who takes part in the project.
    public Map<String, LifecycleState> lifecycles() {
        return lifecycles(Projection::lifecycle);
    }

    /// The lifecycles that everybody may know who may see the project.
    public Map<String, LifecycleState> shownLifecycles() {
        return lifecycles(this::shown);
    }

    /// The lifecycle of one of its aggregates that everybody may know who may see the project.
    public LifecycleState shown(Projection<?> projection) {
        return approvedPlan() == null ? projection.lifecycle() : projection.publicLifecycle();
    }

    private Map<String, LifecycleState> lifecycles(Function<Projection<?>, LifecycleState> lifecycle) {
        var lifecycles = new LinkedHashMap<String, LifecycleState>();
        if (proposal != null) lifecycles.put("proposal/" + id, lifecycle.apply(proposal));
        if (project != null) lifecycles.put("project/" + id, lifecycle.apply(project));
        for (AgreementProjection it : agreements.values()) lifecycles.put("agreement/" + it.id(), lifecycle.apply(it));
        return lifecycles;
    }

    /// The cities that take part: those of the approved plan, or of the proposal's plan before the approval.
    public List<String> cities() {
        @Nullable ApprovedPlan plan = approvedPlan();
        if (plan != null)
            return plan.partners().stream().map(ApprovedPlan.Partner::city).toList();
        return proposal == null
                ? List.of()
                : proposal.partners().stream()
                        .filter(ProposalProjection.Partner::isInPlan)
                        .map(ProposalProjection.Partner::city)
                        .toList();
    }

    /// The approved plan as the project contains it, or the proposal while there is no project; absent before the
    /// approval.
    public @Nullable ApprovedPlan approvedPlan() {
        if (project != null && project.approvedPlan() != null) return project.approvedPlan();
        return proposal == null ? null : proposal.approvedPlan();
    }

    /// The milestones of the project, or of the approved plan while there is no project.
    public List<ApprovedPlan.Milestone> milestones() {
        if (project != null && project.approvedPlan() != null) return project.planned();
        if (proposal == null) return List.of();
        return proposal.approvedPlan() == null
                ? proposal.milestones()
                : proposal.approvedPlan().milestones();
    }
}
