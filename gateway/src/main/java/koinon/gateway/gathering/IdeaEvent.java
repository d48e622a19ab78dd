package koinon.gateway.gathering;

import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;
import org.jspecify.annotations.Nullable;

/// The events of an idea whose facts the gateway keeps.
public sealed interface IdeaEvent {

    /// @param gathering id of the gathering in which it was raised
    /// @param session id of the session in which it was raised
    @EventType("koinon.idea.raised.v1")
    record Raised(
            @FreeText String title,
            String city,
            @Nullable String gathering,
            @Nullable String session) implements IdeaEvent {}
}
