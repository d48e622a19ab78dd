package koinon.gateway.part;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
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

    /// The project that this event is about, if it changes a status.
    public static Optional<String> projectOf(Message message) {
        return switch (message.aggregate()) {
            case "proposal", "project" -> Optional.of(message.id());
            case "agreement" -> message.as(AgreementEvent.class).map(AgreementEvent::project);
            default -> Optional.empty();
        };
    }

    /// With what this event says.
    public Parts after(Message message) {
        return switch (message.aggregate()) {
            case "proposal" ->
                message.as(ProposalEvent.class)
                        .map(it -> with(ProposalPart.after(proposal, it, message), project, agreements, message))
                        .orElse(this);
            case "project" ->
                message.as(ProjectEvent.class)
                        .map(it -> with(proposal, ProjectPart.after(project, it, message), agreements, message))
                        .orElse(this);
            case "agreement" ->
                message.as(AgreementEvent.class)
                        .map(it -> {
                            var next = new TreeMap<>(agreements);
                            next.compute(it.fund(), (_, part) -> AgreementPart.after(part, message.id(), it));
                            return with(proposal, project, next, message);
                        })
                        .orElse(this);
            default -> this;
        };
    }

    /// The same, after something it names has changed: its status is to be written anew.
    public Parts touchedBy(Message message) {
        return new Parts(id, proposal, project, agreements, updated, marked(message));
    }

    /// Whether something that changed it is not among what had been read up to there.
    public boolean changedSince(Offsets offsets) {
        return read.entrySet().stream().anyMatch(it -> !offsets.contain(it.getKey(), it.getValue()));
    }

    /// What was approved: as the project says, or the proposal before there is one; absent before the approval.
    public @Nullable Award award() {
        if (project != null && project.award() != null) return project.award();
        return proposal == null ? null : proposal.award();
    }

    private Parts with(
            @Nullable ProposalPart nextProposal,
            @Nullable ProjectPart nextProject,
            Map<String, AgreementPart> nextAgreements,
            Message message) {
        Instant at = message.at().isAfter(updated) ? message.at() : updated;
        return new Parts(id, nextProposal, nextProject, nextAgreements, at, marked(message));
    }

    private Map<Integer, Long> marked(Message message) {
        var next = new TreeMap<>(read);
        next.merge(message.place(), message.offset(), Math::max);
        return next;
    }
}
