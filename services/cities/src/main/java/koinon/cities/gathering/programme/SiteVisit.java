package koinon.cities.gathering.programme;

import java.time.LocalDateTime;
import koinon.cities.Violations;
import koinon.cities.gathering.time.Days;
import koinon.cities.gathering.time.Slot;
import koinon.eventing.redaction.FreeText;
import org.jspecify.annotations.Nullable;

/// A visit to places during a gathering, such as a field survey.
///
/// @param id unique within the gathering
/// @param places what is visited, and where
/// @param start local time in the zone of the gathering; absent when unknown
/// @param end absent when unknown
/// @param seen what is seen there; absent when unknown
public record SiteVisit(
        String id,
        @FreeText String places,
        @Nullable LocalDateTime start,
        @Nullable LocalDateTime end,
        @FreeText @Nullable String seen) {

    static final int LONGEST_PLACES = 500;
    static final int LONGEST_SEEN = 2000;

    public Slot slot() {
        return new Slot(start, end);
    }

    /// What is wrong with it in a gathering of these days.
    public void check(Days days, Violations violations) {
        violations.id("visit", id);
        violations.line("/places", places, LONGEST_PLACES);
        violations.optionalText("/seen", seen, LONGEST_SEEN);
        slot().check("", days, violations);
    }
}
