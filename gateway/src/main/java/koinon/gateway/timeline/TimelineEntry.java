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
import koinon.eventing.model.Position;
import koinon.eventing.redaction.Redactions;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// One event of a timeline.
///
/// @param position the event's id
/// @param actor an opaque name; absent if the reader may not see it
/// @param mandate under which it was done; absent for an event without a person
/// @param cause id of the event that it followed from, if any
/// @param facts the event's content
/// @param change what its envelope says about the aggregate; not shown
@JsonInclude(JsonInclude.Include.NON_NULL)
record TimelineEntry(
        String position,
        Instant at,
        String type,
        @Nullable String actor,
        @Nullable String mandate,
        @Nullable String cause,
        @Schema(implementation = Map.class) @JsonRawValue String facts,
        @JsonIgnore LifecycleState.Change change) {

    // A fixed number of digits, so that text order equals time order.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static TimelineEntry of(EventRecord message) {
        return new TimelineEntry(
                message.position().toString(),
                message.at(),
                message.type(),
                message.actor(),
                message.mandate(),
                message.cause(),
                message.text(),
                message.change());
    }

    /// The event. Its offset is not known.
    EventRecord event() {
        return new EventRecord(
                Position.parse(position), type, at, actor == null ? "" : actor, mandate, cause, change, facts, 0, 0);
    }

    /// The entry without texts that are redacted; the same object if it has none.
    TimelineEntry without(Redactions redactions) {
        String shown = Contracts.published().redacted(type, facts, redactions);
        LifecycleState.Change without = change.without(redactions);
        return shown.equals(facts) && without.equals(change)
                ? this
                : new TimelineEntry(position, at, type, actor, mandate, cause, shown, without);
    }

    /// The part that a reader may see; empty if the reader may not see that it happened.
    Optional<TimelineEntry> shownTo(Reader reader, boolean approved, Contracts contracts) {
        if (!EventRecord.isFact(type) || !contracts.shows(type, reader, approved)) return Optional.empty();
        return Optional.of(new TimelineEntry(
                position,
                at,
                type,
                reader.isInvolved() ? actor : null,
                mandate,
                showsCause(reader) ? cause : null,
                contracts.shown(type, facts, reader, approved),
                change));
    }

    /// The cause of a fund would reveal how many events the fund has, and readers who are not involved may not know
    /// the events before this one.
    private boolean showsCause(Reader reader) {
        return reader.equals(Reader.NETWORK) || (reader.isInvolved() && cause != null && !cause.startsWith("fund/"));
    }

    /// The sort key within a project: time, then aggregate and sequence.
    @JsonIgnore
    String key() {
        Position it = Position.parse(position);
        return TIME.format(at) + " " + it.subject() + " " + "%018d".formatted(it.sequence());
    }
}
