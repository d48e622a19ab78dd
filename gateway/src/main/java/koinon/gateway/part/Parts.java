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
/// @param updates when it changed last
/// @param read the last event that changed it, by the place where it was read
/// @param readPublic the last of them that is public once the project is approved
public record Parts(
        String id,
        @Nullable ProposalPart proposal,
        @Nullable ProjectPart project,
        Map<String, AgreementPart> agreements,
        Updated updates,
        Map<Integer, Long> read,
        Map<Integer, Long> readPublic) {

    /// @param last when the last of it happened
    /// @param lastPublic when the last of it happened that is public once the project is approved
    record Updated(Instant last, Instant lastPublic) {

        static final Updated NEVER = new Updated(Instant.EPOCH, Instant.EPOCH);

        Updated with(Source source) {
            return new Updated(later(last, source.at()), later(lastPublic, source.publicAt()));
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }

    /// Nothing is known yet.
    public static Parts none(String id) {
        return new Parts(id, null, null, Map.of(), Updated.NEVER, Map.of(), Map.of());
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
        return new Parts(
                id,
                nextProposal,
                nextProject,
                nextAgreements,
                updates.with(source),
                marked(read, source.place(), source.changed()),
                marked(readPublic, source.place(), source.publicChanged()));
    }

    /// The same, after something it names has changed: its status is to be written anew.
    public Parts touchedBy(Source named) {
        return new Parts(
                id,
                proposal,
                project,
                agreements,
                updates,
                marked(read, named.place(), named.changed()),
                marked(readPublic, named.place(), named.changed()));
    }

    private static Map<Integer, Long> marked(Map<Integer, Long> before, int place, long offset) {
        if (offset < 0) return before;
        var next = new TreeMap<>(before);
        next.merge(place, offset, Math::max);
        return next;
    }

    /// Whether something that changed it is not among what had been read up to there.
    public boolean changedSince(Offsets offsets) {
        return changedSince(offsets, read);
    }

    /// The same for something that is public once the project is approved.
    public boolean changedPubliclySince(Offsets offsets) {
        return changedSince(offsets, readPublic);
    }

    private static boolean changedSince(Offsets offsets, Map<Integer, Long> events) {
        return events.entrySet().stream().anyMatch(it -> !offsets.contain(it.getKey(), it.getValue()));
    }

    /// When the last of it happened that all may know of who may know of the project.
    public Instant updated() {
        return award() == null ? updates.last() : updates.lastPublic();
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
