package koinon.cities.group;

import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;

/// The events of a group.
sealed interface GroupEvent extends DomainEvent {

    @EventType("koinon.group.registered.v1")
    record GroupRegistered(@FreeText String name, Definition definition) implements GroupEvent {}

    /// @param definition replaces the one before
    @EventType("koinon.group.changed.v1")
    record GroupChanged(Definition definition, @FreeText String reason) implements GroupEvent {}

    @EventType("koinon.group.retired.v1")
    record GroupRetired(@FreeText String reason) implements GroupEvent {}

    @EventType("koinon.group.reopened.v1")
    record GroupReopened(@FreeText String reason) implements GroupEvent {}

    /// The text is redacted wherever it stands.
    @EventType("koinon.group.text-redacted.v1")
    record TextRedacted(String digest, @FreeText String reason) implements GroupEvent, DomainEvent.TextRedacted {}

    @EventType("koinon.group.next-changed.v1")
    record NextChanged() implements GroupEvent, NextActionsChanged {}
}
