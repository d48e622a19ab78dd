package koinon.gateway.directory;

import java.util.Set;
import koinon.eventing.model.EventType;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// Replica of a group of cities: its members. A group that was retired has the members that it had last.
///
/// @param countries ISO 3166-1 alpha-2 codes; each of their cities is in the group
/// @param cities ids of cities that are in it, whatever their country
public record KnownGroup(String id, Set<String> countries, Set<String> cities) {

    sealed interface GroupEvent {

        @EventType("koinon.group.registered.v1")
        record Registered(Definition definition) implements GroupEvent {}

        @EventType("koinon.group.changed.v1")
        record Changed(Definition definition) implements GroupEvent {}
    }

    record Definition(Set<String> countries, Set<String> cities) {}

    public KnownGroup {
        countries = Set.copyOf(countries);
        cities = Set.copyOf(cities);
    }

    static KnownGroup initial(String id) {
        return new KnownGroup(id, Set.of(), Set.of());
    }

    /// The state after an event; the same object if the event changes nothing that the gateway keeps.
    public static @Nullable KnownGroup after(@Nullable KnownGroup before, EventRecord message) {
        return message.as(GroupEvent.class)
                .map(it -> switch (it) {
                    case GroupEvent.Registered(Definition now) -> of(message.id(), now);
                    case GroupEvent.Changed(Definition now) -> of(message.id(), now);
                })
                .orElse(before);
    }

    private static KnownGroup of(String id, Definition definition) {
        return new KnownGroup(id, definition.countries(), definition.cities());
    }

    /// Whether the city is in the group, by its id or by its country.
    public boolean has(KnownCity city) {
        return cities.contains(city.id()) || (city.country() != null && countries.contains(city.country()));
    }
}
