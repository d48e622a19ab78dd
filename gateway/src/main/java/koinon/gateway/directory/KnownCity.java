package koinon.gateway.directory;

import koinon.gateway.reading.Message;
import koinon.platform.model.EventType;
import org.jspecify.annotations.Nullable;

/// What the gateway knows of a city.
///
/// @param country ISO 3166-1 alpha-2
/// @param region one of UNESCO's five; absent if unknown
/// @param field its creative field; absent outside the network
public record KnownCity(
        String id,
        @Nullable String name,
        @Nullable String country,
        @Nullable String region,
        @Nullable String field) {

    sealed interface CityEvent {

        @EventType("koinon.city.registered.v1")
        record Registered(
                String name, String country, @Nullable String region) implements CityEvent {}

        @EventType("koinon.city.designated.v1")
        record Designated(String field) implements CityEvent {}

        @EventType("koinon.city.field-changed.v1")
        record FieldChanged(String field) implements CityEvent {}
    }

    static KnownCity unheard(String id) {
        return new KnownCity(id, null, null, null, null);
    }

    /// With what this event says; the same if it says nothing that is kept.
    public static @Nullable KnownCity after(@Nullable KnownCity before, Message message) {
        return message.as(CityEvent.class)
                .map((before == null ? unheard(message.id()) : before)::after)
                .orElse(before);
    }

    private KnownCity after(CityEvent event) {
        return switch (event) {
            case CityEvent.Registered e -> new KnownCity(id, e.name(), e.country(), e.region(), field);
            case CityEvent.Designated e -> new KnownCity(id, name, country, region, e.field());
            case CityEvent.FieldChanged e -> new KnownCity(id, name, country, region, e.field());
        };
    }
}
