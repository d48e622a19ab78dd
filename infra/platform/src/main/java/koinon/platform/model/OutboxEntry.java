package koinon.platform.model;

import java.util.Map;
import org.springframework.data.mongodb.core.index.Indexed;

/// An event in its final text, waiting in its aggregate's document until the broker has it: sent again, it is the
/// same bytes.
///
/// @param sequence its number in the aggregate's life
/// @param headers the envelope, by header name
/// @param data the event as JSON
public record OutboxEntry(@Indexed long sequence, Map<String, String> headers, String data) {}
