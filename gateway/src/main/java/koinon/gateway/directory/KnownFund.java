package koinon.gateway.directory;

import koinon.gateway.reading.Message;
import koinon.platform.model.EventType;
import org.jspecify.annotations.Nullable;

/// What the gateway knows of a fund.
///
/// @param funder id of the funder whose envelope it is; absent until it is heard
public record KnownFund(
        String id,
        @Nullable String name,
        @Nullable String funder,
        @Nullable String currency) {

    sealed interface FundEvent {

        @EventType("koinon.fund.opened.v1")
        record Opened(String funder, String name, String currency) implements FundEvent {}
    }

    static KnownFund unheard(String id) {
        return new KnownFund(id, null, null, null);
    }

    /// With what this event says; the same if it says nothing that is kept.
    public static @Nullable KnownFund after(@Nullable KnownFund before, Message message) {
        return message.as(FundEvent.class)
                .map(it -> switch (it) {
                    case FundEvent.Opened e -> new KnownFund(message.id(), e.name(), e.funder(), e.currency());
                })
                .orElse(before);
    }
}
