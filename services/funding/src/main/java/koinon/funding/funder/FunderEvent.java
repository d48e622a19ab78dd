package koinon.funding.funder;

import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;

/// The events of a funder.
sealed interface FunderEvent extends DomainEvent {

    /// @param country ISO 3166-1 alpha-2
    /// @param identifier organisation identifier in the notation of the International Aid Transparency Initiative
    /// (IATI)
    @EventType("koinon.funder.registered.v1")
    record FunderRegistered(String name, String country, String identifier) implements FunderEvent {}
}
