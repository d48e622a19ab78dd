package koinon.cities;

import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;

/// A city as gatherings and ideas know it.
///
/// @param name its registered name
public record Participant(String id, String name, Standing standing) {

    /// Whether a city may send delegations and raise ideas.
    public enum Standing {
        /// Not designated yet: it does not take part yet.
        CANDIDATE,
        /// A member, also while it is invited to leave, or a cooperating city.
        TAKES_PART,
        /// It has left the network.
        LEFT
    }

    /// Refuses a city that does not take part.
    ///
    /// @param pointer JSON pointer of the city in the request
    /// @throws ValidationFailed when the city is not known
    /// @throws RuleViolation when it is a candidate or has left
    public static Participant admitted(String id, @Nullable Participant city, String pointer) {
        Participant known = known(id, city, pointer);
        return switch (known.standing()) {
            case TAKES_PART -> known;
            case CANDIDATE ->
                throw new RuleViolation(
                        "city-candidate",
                        "%s is a candidate. It takes part once it is designated, or registered as cooperating.",
                        "city",
                        known.name());
            case LEFT -> throw new RuleViolation("city-left", "%s has left the network.", "city", known.name());
        };
    }

    /// Refuses a city that is not registered.
    ///
    /// @param pointer JSON pointer of the city in the request
    /// @throws ValidationFailed when the city is not known
    public static Participant known(String id, @Nullable Participant city, String pointer) {
        if (city == null) throw new ValidationFailed(pointer, "city.unknown", "There is no city %s.", "city", id);
        return city;
    }
}
