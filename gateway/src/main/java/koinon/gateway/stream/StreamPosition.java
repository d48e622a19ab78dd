package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;

/// The position up to which all changes have been sent: the id of an event of the stream, rendered once for all
/// streams.
final class StreamPosition {

    private static final Pattern ID = Pattern.compile("([A-Za-z0-9_-]{1,500})\\.([0-9a-z]{1,11})");

    private final OffsetVector offsets;
    private final Instant moment;
    private final byte[] line;

    /// @param moment up to which all changes by the clock have been sent
    StreamPosition(OffsetVector offsets, Instant moment) {
        this.offsets = offsets;
        this.moment = moment;
        this.line =
                ("id: " + offsets.encoded() + "." + Long.toString(moment.toEpochMilli(), 36) + "\n").getBytes(US_ASCII);
    }

    /// The position in the last event id of a client.
    ///
    /// @throws ValidationFailed when the value is not an id of this stream
    static StreamPosition of(String id, PartitionIndex partitionIndex) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) throw unreadable();
        try {
            return new StreamPosition(
                    partitionIndex.decoded(matcher.group(1)),
                    Instant.ofEpochMilli(Long.parseLong(matcher.group(2), 36)));
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private static ValidationFailed unreadable() {
        return new ValidationFailed(
                "Last-Event-ID",
                "validation.last-event-id",
                "Last-Event-ID must be the id of an event of this stream, or absent.");
    }

    OffsetVector offsets() {
        return offsets;
    }

    Instant moment() {
        return moment;
    }

    /// The id line of an event; callers must not change it.
    byte[] line() {
        return line;
    }
}
