package koinon.gateway.directory;

import koinon.gateway.reading.Message;
import koinon.platform.model.EventType;
import org.jspecify.annotations.Nullable;

/// What the gateway knows of a call: its terms as last published, so that a draft shows its deadline.
///
/// @param closes when proposals must be in; absent before it is published
/// @param dueSoonDays how many days before its close a draft is due soon; absent if the call does not say
public record KnownCall(
        String id,
        @Nullable String title,
        @Nullable String currency,
        @Nullable LocalDeadline closes,
        @Nullable Integer dueSoonDays) {

    sealed interface CallEvent {

        @EventType("koinon.call.drafted.v1")
        record Drafted(String title) implements CallEvent {}

        @EventType("koinon.call.published.v1")
        record Published(Terms terms) implements CallEvent {}
    }

    record Terms(
            @Nullable String title,
            @Nullable String currency,
            @Nullable LocalDeadline closes,
            @Nullable Thresholds thresholds) {}

    record Thresholds(@Nullable Integer dueSoonDays) {}

    static KnownCall unheard(String id) {
        return new KnownCall(id, null, null, null, null);
    }

    /// With what this event says; the same if it says nothing that is kept.
    public static @Nullable KnownCall after(@Nullable KnownCall before, Message message) {
        return message.as(CallEvent.class)
                .map((before == null ? unheard(message.id()) : before)::after)
                .orElse(before);
    }

    private KnownCall after(CallEvent event) {
        return switch (event) {
            case CallEvent.Drafted e -> new KnownCall(id, e.title(), currency, closes, dueSoonDays);
            case CallEvent.Published(Terms it) ->
                new KnownCall(
                        id,
                        it.title() == null ? title : it.title(),
                        it.currency(),
                        it.closes(),
                        it.thresholds() == null ? null : it.thresholds().dueSoonDays());
        };
    }
}
