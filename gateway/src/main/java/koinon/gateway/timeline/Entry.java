package koinon.gateway.timeline;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.reading.Message;
import koinon.platform.model.Position;
import org.jspecify.annotations.Nullable;

/// Something that happened.
///
/// @param position the event's id
/// @param actor an opaque name; absent where the reader may not know it
/// @param mandate under which it was done; absent for what followed by itself
/// @param cause the event that it followed from, if any
/// @param facts what the event says
@JsonInclude(JsonInclude.Include.NON_NULL)
record Entry(
        String position,
        Instant at,
        String type,
        @Nullable String actor,
        @Nullable String mandate,
        @Nullable String cause,
        @Schema(implementation = Map.class) @JsonRawValue String facts) {

    // As many digits for every moment, so that text sorts as time does.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static Entry of(Message message) {
        return new Entry(
                message.position().toString(),
                message.at(),
                message.type(),
                message.actor(),
                message.mandate(),
                message.cause(),
                message.text());
    }

    /// The same as far as a reader may see it; empty for one who may not know of it.
    Optional<Entry> shownTo(Reader reader, boolean approved, Contracts contracts) {
        if (!contracts.shows(type, reader, approved)) return Optional.empty();
        return Optional.of(new Entry(
                position,
                at,
                type,
                reader.isInvolved() ? actor : null,
                mandate,
                showsCause(reader) ? cause : null,
                contracts.shown(type, facts, reader, approved)));
    }

    /// How many events a fund has is nobody's business here, and to anyone else the events before this one may be
    /// unknown.
    private boolean showsCause(Reader reader) {
        return reader.equals(Reader.NETWORK) || (reader.isInvolved() && cause != null && !cause.startsWith("fund/"));
    }

    /// Where it stands among the others of its project: by time, then by aggregate and sequence.
    @JsonIgnore
    String key() {
        Position it = Position.parse(position);
        return TIME.format(at) + " " + it.subject() + " " + "%018d".formatted(it.sequence());
    }
}
