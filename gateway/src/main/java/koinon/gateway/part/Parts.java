package koinon.gateway.part;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Source;
import org.jspecify.annotations.Nullable;

/// Everything said about one project, a part for each source that only that source sets, so that the order in which
/// topics arrive does not matter.
///
/// @param agreements by the fund's id
/// @param updated when the last of it happened
/// @param read the last event that changed it, by the place where it was read
public record Parts(
        String id,
        @Nullable ProposalPart proposal,
        @Nullable ProjectPart project,
        Map<String, AgreementPart> agreements,
        Instant updated,
        Map<Integer, Long> read) {

    /// Nothing is known yet.
    public static Parts none(String id) {
        return new Parts(id, null, null, Map.of(), Instant.EPOCH, Map.of());
    }

    /// The project that this source is a part of, if it is one.
    public static Optional<String> projectOf(Source source) {
        return switch (source.kept()) {
            case ProposalPart _ -> Optional.of(source.id());
            case ProjectPart _ -> Optional.of(source.id());
            case AgreementPart it -> Optional.of(it.project());
            case null, default -> Optional.empty();
        };
    }

    /// With this source as it is now.
    public Parts with(Source source) {
        return switch (source.kept()) {
            case ProposalPart it -> with(it, project, agreements, source);
            case ProjectPart it -> with(proposal, it, agreements, source);
            case AgreementPart it -> {
                var next = new TreeMap<>(agreements);
                next.put(it.fund(), it);
                yield with(proposal, project, next, source);
            }
            case null, default -> this;
        };
    }

    private Parts with(
            @Nullable ProposalPart nextProposal,
            @Nullable ProjectPart nextProject,
            Map<String, AgreementPart> nextAgreements,
            Source source) {
        Instant at = source.at().isAfter(updated) ? source.at() : updated;
        return new Parts(id, nextProposal, nextProject, nextAgreements, at, marked(source));
    }

    /// The same, after something it names has changed: its status is to be written anew.
    public Parts touchedBy(Source named) {
        return new Parts(id, proposal, project, agreements, updated, marked(named));
    }

    private Map<Integer, Long> marked(Source source) {
        var next = new TreeMap<>(read);
        next.merge(source.place(), source.changed(), Math::max);
        return next;
    }

    /// Whether something that changed it is not among what had been read up to there.
    public boolean changedSince(Offsets offsets) {
        return read.entrySet().stream().anyMatch(it -> !offsets.contain(it.getKey(), it.getValue()));
    }

    /// The aggregates that it is made of.
    public Stream<String> subjects() {
        return Stream.concat(
                Stream.of("proposal/" + id, "project/" + id),
                agreements.values().stream().map(it -> "agreement/" + it.id()));
    }

    /// What was approved: as the project says, or the proposal before there is one; absent before the approval.
    public @Nullable Award award() {
        if (project != null && project.award() != null) return project.award();
        return proposal == null ? null : proposal.award();
    }

    /// The milestones as the project has them, or as planned before there is one.
    public List<Award.Milestone> milestones() {
        if (project != null && project.award() != null) return project.planned();
        if (proposal == null) return List.of();
        return proposal.award() == null
                ? proposal.milestones()
                : proposal.award().milestones();
    }
}
