package koinon.gateway.directory;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import koinon.eventing.model.EventType;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.lifecycle.LifecycleState.Change;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// Replica of a call: the terms that were published last. The status of a draft shows the deadline.
///
/// @param state its state after its last event; empty before the first
/// @param closes the deadline for proposals; absent before the call is published
/// @param dueSoonDays number of days before the deadline from which a draft is due soon; absent if the call sets
///     none
/// @param next its next actions as JSON
public record KnownCall(
        String id,
        String state,
        @Nullable String title,
        @Nullable String currency,
        @Nullable LocalDeadline opens,
        @Nullable LocalDeadline closes,
        @Nullable Integer dueSoonDays,
        String next) {

    private static final String NONE = "[]";

    sealed interface CallEvent {

        @EventType("koinon.call.drafted.v1")
        record Drafted(String title) implements CallEvent {}

        @EventType("koinon.call.published.v1")
        record Published(Terms terms) implements CallEvent {}

        @EventType("koinon.call.amended.v1")
        record Amended(Terms terms) implements CallEvent {}
    }

    record Terms(
            @Nullable String title,
            @Nullable String currency,
            @Nullable LocalDeadline opens,
            @Nullable LocalDeadline closes,
            @Nullable Thresholds thresholds) {}

    record Thresholds(@Nullable Integer dueSoonDays) {}

    static KnownCall initial(String id) {
        return new KnownCall(id, "", null, null, null, null, null, NONE);
    }

    /// The state after an event; the same object if the event changes nothing that the gateway keeps.
    public static @Nullable KnownCall after(@Nullable KnownCall before, EventRecord message) {
        KnownCall now = (before == null ? initial(message.id()) : before).in(message.change());
        return message.as(CallEvent.class).map(now::after).orElse(now);
    }

    private KnownCall in(Change change) {
        String now = change.state() == null ? state : change.state();
        return now.equals(state) && change.next().equals(next)
                ? this
                : new KnownCall(id, now, title, currency, opens, closes, dueSoonDays, change.next());
    }

    /// Its state and its next actions.
    public LifecycleState lifecycle() {
        return new LifecycleState(state, Instant.EPOCH, Collections.emptySortedMap(), Map.of(), next);
    }

    private KnownCall after(CallEvent event) {
        return switch (event) {
            case CallEvent.Drafted e -> new KnownCall(id, state, e.title(), currency, opens, closes, dueSoonDays, next);
            case CallEvent.Published(Terms it) -> with(it);
            case CallEvent.Amended(Terms it) -> with(it);
        };
    }

    private KnownCall with(Terms it) {
        return new KnownCall(
                id,
                state,
                it.title() == null ? title : it.title(),
                it.currency(),
                it.opens(),
                it.closes(),
                it.thresholds() == null ? null : it.thresholds().dueSoonDays(),
                next);
    }
}
