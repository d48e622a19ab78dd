package koinon.eventing.inbox;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import koinon.eventing.document.EventJson;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventTypes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A record of a topic with its envelope read: CloudEvents 1.0 in Kafka's binary mode.
///
/// @param type `ce_type`
/// @param headers every header as text, by name
/// @param value the event, as JSON
public record ReceivedEvent(EventEnvelope envelope, String type, Map<String, String> headers, String value) {

    /// The record is not a readable event.
    public static final class Unreadable extends RuntimeException {
        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }

    /// @throws Unreadable when a header that every event has is missing or has another form
    public static ReceivedEvent of(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header it : record.headers())
            if (it.value() != null) headers.put(it.key(), new String(it.value(), StandardCharsets.UTF_8));
        if (record.value() == null) throw new Unreadable("It has no value.");
        try {
            EventEnvelope envelope = new EventEnvelope(
                    header(headers, "ce_subject"),
                    Long.parseLong(header(headers, "ce_sequence")),
                    Instant.parse(header(headers, "ce_time")),
                    header(headers, "ce_actor"),
                    headers.get("traceparent"));
            if (!envelope.subject().matches("[a-z-]+/[a-z0-9-]+") || envelope.sequence() < 1)
                throw new Unreadable("Its subject or sequence has another form: " + envelope.position());
            return new ReceivedEvent(
                    envelope, header(headers, "ce_type"), headers, new String(record.value(), StandardCharsets.UTF_8));
        } catch (NumberFormatException | DateTimeException e) {
            throw new Unreadable("A header has another form: " + e.getMessage());
        }
    }

    /// The event, when a sealed interface has a record for its type.
    ///
    /// @throws Unreadable when it has and the value does not fit
    public <E> Optional<E> event(Class<E> events) {
        return EventTypes.find(events, type).map(this::read);
    }

    private <E> E read(Class<? extends E> event) {
        try {
            return EventJson.mapper().readValue(value, event);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Unreadable("Its value does not fit " + type + ": " + e.getMessage());
        }
    }

    private static String header(Map<String, String> headers, String name) {
        @Nullable String value = headers.get(name);
        if (value == null) throw new Unreadable("The header " + name + " is missing.");
        return value;
    }
}
