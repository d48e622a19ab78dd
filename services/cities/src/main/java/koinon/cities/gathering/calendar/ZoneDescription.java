package koinon.cities.gathering.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The description of a zone in a calendar (`VTIMEZONE`): the offset at the first of some times, and every change of
/// the clock until the last of them.
final class ZoneDescription {

    /// For a zone that never changed its clock.
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1970, 1, 1, 0, 0);

    private final ZoneId zone;
    private final List<Line> lines = new ArrayList<>();

    private ZoneDescription(ZoneId zone) {
        this.zone = zone;
    }

    /// A line of a calendar.
    record Line(String name, String value) {}

    /// @param times local times in the zone, at least one
    static List<Line> of(String zone, List<LocalDateTime> times) {
        var description = new ZoneDescription(ZoneId.of(zone));
        description.describe(
                times.stream().min(Comparator.naturalOrder()).orElseThrow(),
                times.stream().max(Comparator.naturalOrder()).orElseThrow());
        return description.lines;
    }

    private void describe(LocalDateTime first, LocalDateTime last) {
        ZoneRules rules = zone.getRules();
        Instant from = CalendarWriter.instant(first, zone);
        Instant until = CalendarWriter.instant(last, zone);
        line("BEGIN", "VTIMEZONE");
        line("TZID", zone.getId());
        @Nullable ZoneOffsetTransition change = rules.previousTransition(from.plusNanos(1));
        if (change == null) {
            ZoneOffset offset = rules.getOffset(from);
            observance(false, EARLIEST, offset, offset);
            change = rules.nextTransition(from);
        }
        while (change != null && !change.getInstant().isAfter(until)) {
            observance(
                    rules.isDaylightSavings(change.getInstant()),
                    change.getDateTimeBefore(),
                    change.getOffsetBefore(),
                    change.getOffsetAfter());
            change = rules.nextTransition(change.getInstant());
        }
        line("END", "VTIMEZONE");
    }

    private void observance(boolean daylight, LocalDateTime start, ZoneOffset before, ZoneOffset after) {
        String kind = daylight ? "DAYLIGHT" : "STANDARD";
        line("BEGIN", kind);
        line("DTSTART", CalendarWriter.local(start));
        line("TZOFFSETFROM", CalendarWriter.offset(before));
        line("TZOFFSETTO", CalendarWriter.offset(after));
        line("END", kind);
    }

    private void line(String name, String value) {
        lines.add(new Line(name, value));
    }
}
