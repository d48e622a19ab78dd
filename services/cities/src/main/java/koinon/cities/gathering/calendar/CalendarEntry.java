package koinon.cities.gathering.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of a calendar.
///
/// @param uid the same for ever, and of no other entry anywhere
/// @param sequence higher after each change
/// @param changedAt when it changed last
/// @param description absent when there is nothing to add
/// @param location absent when unknown
/// @param links to what is attached
public record CalendarEntry(
        String uid,
        long sequence,
        Instant changedAt,
        When when,
        Status status,
        String summary,
        @Nullable String description,
        @Nullable String location,
        List<String> links) {

    public CalendarEntry {
        links = List.copyOf(links);
    }

    /// Whether it takes place.
    public enum Status {
        CONFIRMED,
        CANCELLED
    }

    /// When it takes place.
    public sealed interface When {

        /// Whole days, both included, in whichever zone the reader is.
        record WholeDays(LocalDate first, LocalDate last) implements When {}

        /// From one local time to another in a zone.
        ///
        /// @param end absent when unknown
        record Times(LocalDateTime start, @Nullable LocalDateTime end, ZoneId zone) implements When {}
    }
}
