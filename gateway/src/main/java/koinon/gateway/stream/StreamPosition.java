package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;

/// The position up to which all changes have been sent: the id of an event of the stream, rendered once for all
/// streams.
final class StreamPosition {

    private static final Pattern ID = Pattern.compile("([A-Za-z0-9_-]{1,500})\\.([0-9a-z]{1,11})\\.([A-Za-z0-9_-]*)");

    private final OffsetVector offsets;
    private final Instant moment;
    private final byte[] line;

    /// @param moment up to which all changes by the clock have been sent
    /// @param topics names the topics of the offsets, [TopicsReaderFactory#identity]
    StreamPosition(OffsetVector offsets, Instant moment, String topics) {
        this.offsets = offsets;
        this.moment = moment;
        this.line = ("id: " + offsets.encoded() + "." + Long.toString(moment.toEpochMilli(), 36) + "." + topics + "\n")
                .getBytes(US_ASCII);
    }

    /// The position in the last event id of a client.
    ///
    /// @param topics names the topics that are read here
    /// @throws StreamRestart.Needed when it is no position in these topics
    static StreamPosition of(String id, PartitionIndex partitionIndex, String topics) throws StreamRestart.Needed {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) throw new StreamRestart.Needed(StreamRestart.UNREADABLE);
        String theirs = matcher.group(3);
        if (!theirs.isEmpty() && !topics.isEmpty() && !theirs.equals(topics))
            throw new StreamRestart.Needed(StreamRestart.OTHER_TOPICS);
        try {
            long moment = Long.parseLong(matcher.group(2), 36);
            return new StreamPosition(partitionIndex.decoded(matcher.group(1)), Instant.ofEpochMilli(moment), topics);
        } catch (NumberFormatException _) {
            throw new StreamRestart.Needed(StreamRestart.UNREADABLE);
        } catch (IllegalArgumentException _) {
            throw new StreamRestart.Needed(StreamRestart.OTHER_TOPICS);
        }
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
