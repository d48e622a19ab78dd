package koinon.projects.city;

import java.util.Collection;
import java.util.List;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.group.KnownGroup;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// A replica of a city; only received events change it.
///
/// @param name with its qualifier, where there are several places of that name: `Portland (Maine)`
/// @param country ISO 3166-1 alpha-2
/// @param region UNESCO's region
/// @param field its creative field; absent until it is designated, and for a city outside the network
/// @param groups those that somebody asks for ([#in]), whether it is in them or not; never stored
@Document("cities")
public record KnownCity(
        @Id String id,
        @Nullable String name,
        @Nullable String country,
        @Nullable String region,
        @Nullable String field,
        @Nullable State state,
        @Nullable List<KnownGroup> groups) {

    /// All creative fields, spelled as in the events of cities.
    public static final List<String> FIELDS = List.of(
            "Architecture", "Crafts and Folk Art", "Design", "Film", "Gastronomy", "Literature", "Media Arts", "Music");

    /// The states of a city.
    public enum State {
        /// Not designated yet.
        CANDIDATE,
        /// Outside the network; may be a partner.
        COOPERATING,
        /// A member.
        DESIGNATED,
        /// A member that was invited to leave.
        INVITED_TO_LEAVE,
        /// No longer a member; cannot join new proposals.
        LEFT
    }

    /// The city with these groups, about which it can be asked afterwards.
    public KnownCity in(Collection<KnownGroup> some) {
        return new KnownCity(id, name, country, region, field, state, List.copyOf(some));
    }

    /// Whether it is in one of these groups, all of which were asked for.
    public boolean isInAnyOf(Collection<String> some) {
        return groups != null && groups.stream().anyMatch(it -> some.contains(it.id()) && it.has(id, country));
    }

    /// The name of one of the groups that were asked for; absent if it is not known.
    public @Nullable String groupName(String group) {
        return groups == null
                ? null
                : groups.stream()
                        .filter(it -> it.id().equals(group))
                        .findFirst()
                        .map(KnownGroup::name)
                        .orElse(null);
    }

    /// Whether it may join a proposal.
    public boolean mayTakePart() {
        return state != State.LEFT;
    }

    /// Rejects a city that is unknown or has left.
    ///
    /// @param pointer JSON pointer of the city in the request
    public static void mustBeAdmitted(String id, @Nullable KnownCity city, String pointer) {
        if (city == null)
            throw new ValidationFailed(pointer, "proposal.no-such-city", "There is no city %s.", "city", id);
        if (!city.mayTakePart()) throw new RuleViolation("city-left", "%s has left the network.", "city", city.label());
    }

    /// Its name, or its id until the name was received.
    public String label() {
        return name == null ? id : name;
    }
}
