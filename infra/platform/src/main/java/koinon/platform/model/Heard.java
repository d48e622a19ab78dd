package koinon.platform.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The envelope of an event that was heard, as far as a listener needs it.
///
/// @param subject whose it is, `<aggregate>/<id>`
/// @param sequence its number in that aggregate's life
/// @param at when it happened
/// @param actor who did it
/// @param traceparent the trace that it belongs to, W3C form
public record Heard(
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
