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

    Entry withoutActor() {
        return new Entry(position, at, type, null, mandate, cause, facts);
    }

    /// Where it stands among the others of its project: by time, then by aggregate and sequence.
    @JsonIgnore
    String key() {
        Position it = Position.parse(position);
        return TIME.format(at) + " " + it.subject() + " " + "%018d".formatted(it.sequence());
    }
}
