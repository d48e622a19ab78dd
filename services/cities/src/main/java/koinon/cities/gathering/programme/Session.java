package koinon.cities.gathering.programme;

import java.time.LocalDateTime;
import koinon.cities.Violations;
import koinon.cities.fact.LocalName;
import koinon.cities.gathering.time.Days;
import koinon.cities.gathering.time.Slot;
import koinon.eventing.redaction.FreeText;
import org.jspecify.annotations.Nullable;

/// A session of a gathering.
///
/// @param id unique within the gathering
/// @param start local time in the zone of the gathering; absent when unknown
/// @param end absent when unknown
public record Session(
        String id,
        @FreeText String title,
        @FreeText @Nullable String topic,
        @Nullable LocalDateTime start,
        @Nullable LocalDateTime end) {

    private static final int LONGEST_TOPIC = 2000;

    public Slot slot() {
        return new Slot(start, end);
    }

    /// What is wrong with it in a gathering of these days.
    public void check(Days days, Violations violations) {
        violations.id("session", id);
        violations.line("/title", title, LocalName.LONGEST);
        violations.optionalText("/topic", topic, LONGEST_TOPIC);
        slot().check("", days, violations);
    }
}
