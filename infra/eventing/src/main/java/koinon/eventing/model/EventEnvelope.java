package koinon.eventing.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The part of an event's envelope that a listener needs.
///
/// @param subject the aggregate, `<aggregate>/<id>`
/// @param sequence its number within the aggregate, from 1
/// @param at when it was raised
/// @param actor who raised it
/// @param traceparent the trace that it belongs to, W3C form
public record EventEnvelope(
        String subject,
        long sequence,
        Instant at,
        String actor,
        @Nullable String traceparent) {

    /// The id of the aggregate that published it.
    public String id() {
        return subject.substring(subject.indexOf('/') + 1);
    }

    public Position position() {
        return new Position(subject, sequence);
    }
}
