package koinon.cities.city;

import java.math.BigDecimal;
import java.util.List;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import org.jspecify.annotations.Nullable;

/// The events of a city.
sealed interface CityEvent extends DomainEvent {

    /// @param country ISO 3166-1 alpha-2 code
    /// @param region UNESCO's name of the region
    /// @param qualifier which of several places of that name it is; absent where there is one
    /// @param latitude decimal degrees north; absent when unknown
    /// @param longitude decimal degrees east; absent when unknown
    /// @param cooperating whether it stays outside the network and may be a partner
    @EventType("koinon.city.registered.v1")
    record CityRegistered(
            String name,
            String country,
            String region,
            @Nullable String qualifier,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude,
            boolean cooperating)
            implements CityEvent {}

    /// @param field the network's name of the field: `Crafts and Folk Art`
    /// @param year year of the designation; absent when unknown
    @EventType("koinon.city.designated.v1")
    record CityDesignated(String field, @Nullable Integer year) implements CityEvent {}

    /// @param cooperating whether it is outside the network again, as before the designation; else a candidate
    @EventType("koinon.city.designation-reversed.v1")
    record DesignationReversed(boolean cooperating, String reason) implements CityEvent {}

    @EventType("koinon.city.field-changed.v1")
    record FieldChanged(String field) implements CityEvent {}

    @EventType("koinon.city.invited-to-leave.v1")
    record InvitedToLeave(String reason) implements CityEvent {}

    @EventType("koinon.city.invitation-withdrawn.v1")
    record InvitationWithdrawn(String reason) implements CityEvent {}

    @EventType("koinon.city.left.v1")
    record CityLeft(String reason) implements CityEvent {}

    @EventType("koinon.city.became-candidate.v1")
    record BecameCandidate(String reason) implements CityEvent {}

    @EventType("koinon.city.became-cooperating.v1")
    record BecameCooperating(String reason) implements CityEvent {}

    /// A fact about its place was corrected; the id and the registered name stay. It replaces what was known before.
    ///
    /// @param region UNESCO's name of the region
    /// @param latitude decimal degrees north; absent when unknown
    /// @param longitude decimal degrees east; absent when unknown
    @EventType("koinon.city.corrected.v1")
    record CityCorrected(
            String region,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude,
            String reason) implements CityEvent {}

    /// The names beside the registered one; they replace those before.
    ///
    /// @param ownName as the city writes it in its own language; absent when unknown
    @EventType("koinon.city.names-changed.v1")
    record NamesChanged(@Nullable CityName ownName, List<CityName> otherNames) implements CityEvent {

        public NamesChanged {
            otherNames = List.copyOf(otherNames);
        }
    }

    /// @param language BCP 47 tag: `vi`, `zh-Hant`, `pt-BR`
    record CityName(String text, String language) {}

    /// @param zone IANA time zone id
    @EventType("koinon.city.zone-set.v1")
    record ZoneSet(String zone) implements CityEvent {}

    @EventType("koinon.city.next-changed.v1")
    record NextChanged() implements CityEvent, NextActionsChanged {}
}
