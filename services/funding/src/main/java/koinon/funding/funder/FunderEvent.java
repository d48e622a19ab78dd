package koinon.funding.funder;

import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventType;

/// Everything that can happen to a funder.
sealed interface FunderEvent extends DomainEvent {

    /// @param country ISO 3166-1 alpha-2
    /// @param identifier of the organisation, as the International Aid Transparency Initiative writes it
    @EventType("koinon.funder.registered.v1")
    record FunderRegistered(String name, String country, String identifier) implements FunderEvent {}
}
