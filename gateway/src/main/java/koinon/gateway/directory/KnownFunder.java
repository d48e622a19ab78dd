package koinon.gateway.directory;

import koinon.eventing.model.EventType;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// Replica of a funder.
public record KnownFunder(String id, String name) {

    sealed interface FunderEvent {

        @EventType("koinon.funder.registered.v1")
        record Registered(String name) implements FunderEvent {}
    }

    /// The state after an event; the same object if the event changes nothing that the gateway keeps.
    public static @Nullable KnownFunder after(@Nullable KnownFunder before, EventRecord message) {
        return message.as(FunderEvent.class)
                .map(it -> switch (it) {
                    case FunderEvent.Registered e -> new KnownFunder(message.id(), e.name());
                })
                .orElse(before);
    }
}
