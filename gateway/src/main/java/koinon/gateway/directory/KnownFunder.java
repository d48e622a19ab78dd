package koinon.gateway.directory;

import koinon.gateway.reading.Message;
import koinon.platform.model.EventType;
import org.jspecify.annotations.Nullable;

/// What the gateway knows of a funder.
public record KnownFunder(String id, String name) {

    sealed interface FunderEvent {

        @EventType("koinon.funder.registered.v1")
        record Registered(String name) implements FunderEvent {}
    }

    /// With what this event says; the same if it says nothing that is kept.
    public static @Nullable KnownFunder after(@Nullable KnownFunder before, Message message) {
        return message.as(FunderEvent.class)
                .map(it -> switch (it) {
                    case FunderEvent.Registered e -> new KnownFunder(message.id(), e.name());
                })
                .orElse(before);
    }
}
