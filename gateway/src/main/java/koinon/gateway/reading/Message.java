package koinon.gateway.reading;

import java.time.Instant;
import java.util.Optional;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reason;
import koinon.platform.document.EventJson;
import koinon.platform.model.EventTypes;
import koinon.platform.model.Position;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// An event as it came from a topic: its envelope, its text, and where it was read.
///
/// @param at when it happened
/// @param mandate under which it was done, `<role>@<scope>`; absent for what follows from an event or the clock
/// @param cause the event that was heard, absent for a command
/// @param place where it was read: index of the partition in [Offsets]
/// @param offset its number in that partition
public record Message(
        Position position,
        String type,
        Instant at,
        String actor,
        @Nullable String mandate,
        @Nullable String cause,
        String text,
        int place,
        long offset) {

    /// @throws koinon.platform.inbox.Message.Unreadable when the envelope is not one of ours
    static Message of(ConsumerRecord<String, byte[]> record, int place) {
        var read = koinon.platform.inbox.Message.of(record);
        @Nullable String mandate = read.headers().get("ce_mandate");
        return new Message(
                read.heard().position(),
                // These are the same few in all events.
                read.type().intern(),
                read.heard().at(),
                read.heard().actor().intern(),
                mandate == null ? null : mandate.intern(),
                read.headers().get("ce_cause"),
                read.value(),
                place,
                record.offset());
    }

    /// What it gives as the reason; absent where it gives none.
    public @Nullable Reason reason(@Nullable String text) {
        return text == null ? null : new Reason(type, text);
    }

    /// Whether anyone may know of it once its project is approved.
    public boolean isPublic() {
        return Contracts.published().isPublic(type);
    }

    /// The kind of aggregate that published it.
    public String aggregate() {
        return position.subject().substring(0, position.subject().indexOf('/'));
    }

    /// The id of the aggregate that published it.
    public String id() {
        return position.subject().substring(position.subject().indexOf('/') + 1);
    }

    /// As a record of this sealed interface; empty when it has none of this type.
    ///
    /// @throws tools.jackson.core.JacksonException when the text does not fit the record
    public <E> Optional<E> as(Class<E> sealed) {
        return EventTypes.find(sealed, type).map(it -> EventJson.mapper().readValue(text, it));
    }
}
