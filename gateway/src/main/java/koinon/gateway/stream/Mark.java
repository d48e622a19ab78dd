package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.platform.model.Invalid;

/// How far everything has been told: the id of an event of the stream, written once for all who are sent it.
final class Mark {

    private static final Pattern ID = Pattern.compile("([A-Za-z0-9_-]{1,500})\\.([0-9a-z]{1,11})");

    private final Offsets offsets;
    private final Instant moment;
    private final byte[] line;

    /// @param moment up to which everything that the clock alone changes has been told
    Mark(Offsets offsets, Instant moment) {
        this.offsets = offsets;
        this.moment = moment;
        this.line =
                ("id: " + offsets.encoded() + "." + Long.toString(moment.toEpochMilli(), 36) + "\n").getBytes(US_ASCII);
    }

    /// What a reader was sent last.
    ///
    /// @throws Invalid when it is no id of this stream
    static Mark of(String id, Places places) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches())
            throw new Invalid("Last-Event-ID", "Last-Event-ID must be the id of an event of this stream, or absent.");
        return new Mark(places.decoded(matcher.group(1)), Instant.ofEpochMilli(Long.parseLong(matcher.group(2), 36)));
    }

    Offsets offsets() {
        return offsets;
    }

    Instant moment() {
        return moment;
    }

    /// Its line in an event. Not to be changed.
    byte[] line() {
        return line;
    }
}
