package koinon.eventing.model;

import java.util.Map;
import org.springframework.data.mongodb.core.index.Indexed;

/// An event in its final text, stored in its aggregate's document until the broker has acknowledged it. Sent again,
/// it has the same bytes.
///
/// @param sequence its number within the aggregate, from 1
/// @param headers the envelope, by header name
/// @param data the event as JSON
public record OutboxEntry(@Indexed long sequence, Map<String, String> headers, String data) {}
