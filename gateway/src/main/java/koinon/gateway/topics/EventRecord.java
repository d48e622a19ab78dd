package koinon.gateway.topics;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import koinon.eventing.document.EventJson;
import koinon.eventing.model.EventTypes;
import koinon.eventing.model.Position;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.topic.PositionedEvent;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reason;
import koinon.gateway.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/// An event from a topic: its envelope, its text, its partition and its offset.
///
/// @param at when it happened
/// @param mandate under which it was done, `<role>@<scope>`; absent for what follows from an event or the clock
/// @param cause id of the event that it follows from; absent for a command
/// @param change what the envelope says about the state of the aggregate
/// @param place index of its partition in [koinon.eventing.topic.OffsetVector]
/// @param offset its offset in that partition
public record EventRecord(
        Position position,
        String type,
        Instant at,
        String actor,
        @Nullable String mandate,
        @Nullable String cause,
        LifecycleState.Change change,
        String text,
        int place,
        long offset) {

    public static EventRecord of(PositionedEvent event) {
        var read = event.event();
        @Nullable String mandate = read.headers().get("ce_mandate");
        return new EventRecord(
                read.envelope().position(),
                // Interned, because few values repeat in all events.
                read.type().intern(),
                read.envelope().at(),
                read.envelope().actor().intern(),
                mandate == null
                        ? null
                        : mandate.substring(mandate.lastIndexOf(':') + 1).intern(),
                read.headers().get("ce_cause"),
                LifecycleState.Change.of(read.headers()),
                read.value(),
                event.place(),
                event.offset());
    }

    /// The reason in the event; absent if it has none.
    public @Nullable Reason reason(@Nullable String text) {
        return text == null ? null : new Reason(type, text);
    }

    /// The text that the event redacts; none if it is another event.
    public Redactions redactions() {
        return type.endsWith(".text-redacted.v1")
                ? new Redactions(
                        id(),
                        Set.of(EventJson.mapper()
                                .readValue(text, Redacted.class)
                                .digest()))
                : Redactions.none(id());
    }

    private record Redacted(String digest) {}

    /// Whether something happened. An event that only says that the next actions have changed is no fact.
    public boolean isFact() {
        return isFact(type);
    }

    /// Whether something happened when an event of this type was raised.
    public static boolean isFact(String type) {
        return !type.endsWith(".next-changed.v1");
    }

    /// Whether who takes part in the project may see the event.
    public boolean isForParticipants() {
        return Contracts.published().isForParticipants(type);
    }

    /// Whether the event is public after the approval of its project.
    public boolean isPublic() {
        return Contracts.published().isPublic(type);
    }

    /// The type of the aggregate that published it.
    public String aggregate() {
        return position.subject().substring(0, position.subject().indexOf('/'));
    }

    /// The id of the aggregate that published it.
    public String id() {
        return position.subject().substring(position.subject().indexOf('/') + 1);
    }

    /// The event as a record of this sealed interface; empty if the interface has no record of this type.
    ///
    /// @throws tools.jackson.core.JacksonException when the text does not fit the record
    public <E> Optional<E> as(Class<E> sealed) {
        return EventTypes.find(sealed, type).map(it -> EventJson.mapper().readValue(text, it));
    }
}
