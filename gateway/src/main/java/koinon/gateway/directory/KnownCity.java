package koinon.gateway.directory;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
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
/// @param ownName as the city writes its name in its own language; absent if unknown
/// @param otherNames by which it is known too, in other languages; absent if there are none
public record KnownCity(
        String id,
        @Nullable String state,
        @Nullable String name,
        @Nullable String country,
        @Nullable String region,
        @Nullable String field,
        @Nullable BigDecimal latitude,
        @Nullable BigDecimal longitude,
        @Nullable LocalName ownName,
        @Nullable List<LocalName> otherNames) {

    /// A name with the language it is in.
    ///
    /// @param language BCP 47 tag
    public record LocalName(String text, String language) {}

    public KnownCity {
        otherNames = otherNames == null || otherNames.isEmpty() ? null : List.copyOf(otherNames);
    }

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

        @EventType("koinon.city.corrected.v1")
        record Corrected(
                String region,
                @Nullable BigDecimal latitude,
                @Nullable BigDecimal longitude) implements CityEvent {}

        @EventType("koinon.city.names-changed.v1")
        record NamesChanged(@Nullable LocalName ownName, List<LocalName> otherNames) implements CityEvent {}

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
        return new KnownCity(id, null, null, null, null, null, null, null, null, null);
    }

    /// The state after an event; the same object if the event changes nothing that the gateway keeps.
    public static @Nullable KnownCity after(@Nullable KnownCity before, EventRecord message) {
        KnownCity now = (before == null ? initial(message.id()) : before)
                .in(message.change().state());
        return message.as(CityEvent.class).map(now::after).orElse(now);
    }

    /// All its names: the registered one, its own and others.
    public Stream<String> names() {
        return Stream.concat(
                Stream.ofNullable(name),
                Stream.concat(Stream.ofNullable(ownName), otherNames == null ? Stream.of() : otherNames.stream())
                        .map(LocalName::text));
    }

    private KnownCity in(@Nullable String next) {
        return next == null || next.equals(state)
                ? this
                : new KnownCity(id, next, name, country, region, field, latitude, longitude, ownName, otherNames);
    }

    private KnownCity of(@Nullable String now) {
        return new KnownCity(id, state, name, country, region, now, latitude, longitude, ownName, otherNames);
    }

    private KnownCity after(CityEvent event) {
        return switch (event) {
            case CityEvent.Registered e ->
                new KnownCity(
                        id,
                        state,
                        e.qualifiedName(),
                        e.country(),
                        e.region(),
                        field,
                        e.latitude(),
                        e.longitude(),
                        ownName,
                        otherNames);
            case CityEvent.Corrected e ->
                new KnownCity(
                        id, state, name, country, e.region(), field, e.latitude(), e.longitude(), ownName, otherNames);
            case CityEvent.NamesChanged e ->
                new KnownCity(
                        id, state, name, country, region, field, latitude, longitude, e.ownName(), e.otherNames());
            case CityEvent.Designated e -> of(e.field());
            case CityEvent.FieldChanged e -> of(e.field());
            case CityEvent.DesignationReversed _, CityEvent.BecameCandidate _ -> of(null);
        };
    }
}
