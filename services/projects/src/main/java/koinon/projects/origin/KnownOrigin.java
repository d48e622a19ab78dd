package koinon.projects.origin;

import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// A replica of an idea or a gathering; only received events change it.
///
/// @param id `idea/<id>` or `gathering/<id>`
@Document("origins")
public record KnownOrigin(@Id String id, State state) {

    /// Whether proposals can come from it.
    public enum State {
        /// They can.
        OPEN,
        /// The idea was dropped.
        DROPPED,
        /// The gathering was cancelled.
        CANCELLED
    }

    /// Rejects an origin that is not known, and one of which no proposal can come any more.
    ///
    /// @param origin absent where the proposal names none
    /// @param known what is known of it
    public static void mustBeAdmitted(@Nullable Origin origin, @Nullable KnownOrigin known) {
        if (origin == null) return;
        if (known == null)
            throw origin.isForMembers()
                    ? new ValidationFailed(
                            "/origin/id",
                            "proposal.no-such-idea",
                            "There is no idea %s here. If it was raised just now, try again shortly.",
                            "idea",
                            origin.id())
                    : new ValidationFailed(
                            "/origin/id",
                            "proposal.no-such-gathering",
                            "There is no gathering %s here. If it was announced just now, try again shortly.",
                            "gathering",
                            origin.id());
        switch (known.state()) {
            case OPEN -> {}
            case DROPPED ->
                throw new RuleViolation(
                        "idea-dropped", "The idea was dropped. A proposal can take it up once it is raised again.");
            case CANCELLED ->
                throw new RuleViolation(
                        "gathering-cancelled.drafting",
                        "The gathering was cancelled. Name another origin, or draft the proposal without one.");
        }
    }
}
