package koinon.gateway.directory;

import koinon.eventing.model.EventType;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// Replica of a fund.
///
/// @param funder id of the funder that owns the fund; absent before the fund's first event
public record KnownFund(
        String id,
        @Nullable String name,
        @Nullable String funder,
        @Nullable String currency) {

    sealed interface FundEvent {

        @EventType("koinon.fund.opened.v1")
        record Opened(String funder, String name, String currency) implements FundEvent {}
    }

    static KnownFund initial(String id) {
        return new KnownFund(id, null, null, null);
    }

    /// The state after an event; the same object if the event changes nothing that the gateway keeps.
    public static @Nullable KnownFund after(@Nullable KnownFund before, EventRecord message) {
        return message.as(FundEvent.class)
                .map(it -> switch (it) {
                    case FundEvent.Opened e -> new KnownFund(message.id(), e.name(), e.funder(), e.currency());
                })
                .orElse(before);
    }
}
