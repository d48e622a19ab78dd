package koinon.gateway.directory;

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

    sealed interface FunderEvent {

        @EventType("koinon.funder.registered.v1")
        record Registered(String name) implements FunderEvent {}
    }
}
