package koinon.gateway.directory;

import java.math.BigDecimal;
import koinon.eventing.model.EventType;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// Replica of a city.
///
/// @param state its state after its last event; absent before the first
/// @param name with its qualifier, where there are several places of that name: `Portland (Maine)`
/// @param country ISO 3166-1 alpha-2
/// @param region one of UNESCO's five regions; absent if unknown
/// @param field its creative field; absent for a city outside the network
/// @param latitude in degrees north; absent if unknown
/// @param longitude in degrees east; absent if unknown
public record KnownCity(
        String id,
        @Nullable String state,
        @Nullable String name,
        @Nullable String country,
        @Nullable String region,
        @Nullable String field,
        @Nullable BigDecimal latitude,
        @Nullable BigDecimal longitude) {

    sealed interface CityEvent {

        @EventType("koinon.city.registered.v1")
        record Registered(
                String name,
                String country,
                @Nullable String region,
                @Nullable String qualifier,
                @Nullable BigDecimal latitude,
                @Nullable BigDecimal longitude)
                implements CityEvent {

            String qualifiedName() {
                return qualifier == null ? name : name + " (" + qualifier + ")";
            }
        }

        @EventType("koinon.city.designated.v1")
        record Designated(String field) implements CityEvent {}

        @EventType("koinon.city.field-changed.v1")
        record FieldChanged(String field) implements CityEvent {}

        @EventType("koinon.city.designation-reversed.v1")
        record DesignationReversed() implements CityEvent {}

        @EventType("koinon.city.became-candidate.v1")
        record BecameCandidate() implements CityEvent {}
    }

    static KnownCity initial(String id) {
        return new KnownCity(id, null, null, null, null, null, null, null);
    }

    /// The state after an event; the same object if the event changes nothing that the gateway keeps.
    public static @Nullable KnownCity after(@Nullable KnownCity before, EventRecord message) {
        KnownCity now = (before == null ? initial(message.id()) : before)
                .in(message.change().state());
        return message.as(CityEvent.class).map(now::after).orElse(now);
    }

    private KnownCity in(@Nullable String next) {
        return next == null || next.equals(state)
                ? this
                : new KnownCity(id, next, name, country, region, field, latitude, longitude);
    }

    private KnownCity after(CityEvent event) {
        return switch (event) {
            case CityEvent.Registered e ->
                new KnownCity(
                        id, state, e.qualifiedName(), e.country(), e.region(), field, e.latitude(), e.longitude());
            case CityEvent.Designated e ->
                new KnownCity(id, state, name, country, region, e.field(), latitude, longitude);
            case CityEvent.FieldChanged e ->
                new KnownCity(id, state, name, country, region, e.field(), latitude, longitude);
            case CityEvent.DesignationReversed _, CityEvent.BecameCandidate _ ->
                new KnownCity(id, state, name, country, region, null, latitude, longitude);
        };
    }
}
