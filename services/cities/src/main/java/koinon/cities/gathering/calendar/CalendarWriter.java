package koinon.cities.gathering.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.cities.gathering.calendar.CalendarEntry.When;
import org.jspecify.annotations.Nullable;

/// Writes a calendar as iCalendar (RFC 5545): lines end with CRLF and are folded at 75 octets, texts are escaped, whole
/// days are dates, and each zone of a time is described.
public final class CalendarWriter {

    private static final int LONGEST_LINE = 75;
    private static final String LINE_END = "\r\n";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();

    private CalendarWriter() {}

    /// @param name shown by programs that subscribe to it
    public static String written(String name, List<CalendarEntry> entries) {
        var writer = new CalendarWriter();
        writer.line("BEGIN", "VCALENDAR");
        writer.line("VERSION", "2.0");
        writer.line("PRODID", "-//Koinon//Gatherings//EN");
        writer.line("CALSCALE", "GREGORIAN");
        writer.line("METHOD", "PUBLISH");
        writer.line("X-WR-CALNAME", escaped(name));
        zones(entries).forEach((zone, times) -> ZoneDescription.of(zone, times).forEach(writer::line));
        entries.forEach(writer::entry);
        writer.line("END", "VCALENDAR");
        return writer.text.toString();
    }

    /// The local times of the entries, by the id of their zone.
    private static Map<String, List<LocalDateTime>> zones(List<CalendarEntry> entries) {
        return entries.stream()
                .map(CalendarEntry::when)
                .filter(When.Times.class::isInstance)
                .map(When.Times.class::cast)
                .collect(Collectors.groupingBy(
                        it -> it.zone().getId(),
                        TreeMap::new,
                        Collectors.flatMapping(
                                it -> it.end() == null ? Stream.of(it.start()) : Stream.of(it.start(), it.end()),
                                Collectors.toList())));
    }

    private void entry(CalendarEntry entry) {
        line("BEGIN", "VEVENT");
        line("UID", entry.uid());
        line("DTSTAMP", UTC.format(entry.changedAt()));
        line("LAST-MODIFIED", UTC.format(entry.changedAt()));
        line("SEQUENCE", String.valueOf(entry.sequence()));
        when(entry.when());
        line("STATUS", entry.status().name());
        line("SUMMARY", escaped(entry.summary()));
        optional("DESCRIPTION", entry.description());
        optional("LOCATION", entry.location());
        entry.links().forEach(it -> line("ATTACH", it));
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }

    private void when(When when) {
        switch (when) {
            case When.WholeDays it -> {
                line("DTSTART;VALUE=DATE", date(it.first()));
                // The first day after it.
                line("DTEND;VALUE=DATE", date(it.last().plusDays(1)));
            }
            case When.Times it -> {
                local("DTSTART", it.start(), it.zone());
                if (it.end() != null) local("DTEND", it.end(), it.zone());
            }
        }
    }

    private static String date(LocalDate day) {
        return DATE.format(day);
    }

    private void local(String name, LocalDateTime time, ZoneId zone) {
        // A local time that exists twice means the earlier to readers of a calendar, and the later here.
        boolean isTwice = zone.getRules().getValidOffsets(time).size() > 1;
        if (isTwice)
            line(name, UTC.format(time.atZone(zone).withLaterOffsetAtOverlap().toInstant()));
        else line(name + ";TZID=" + zone.getId(), LOCAL.format(time));
    }

    private void optional(String name, @Nullable String value) {
        if (value != null) line(name, escaped(value));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\n", "\\n");
    }

    static String offset(ZoneOffset offset) {
        int seconds = Math.abs(offset.getTotalSeconds());
        String written =
                "%s%02d%02d".formatted(offset.getTotalSeconds() < 0 ? "-" : "+", seconds / 3600, seconds / 60 % 60);
        return seconds % 60 == 0 ? written : written + "%02d".formatted(seconds % 60);
    }

    static String local(LocalDateTime time) {
        return LOCAL.format(time);
    }

    private void line(ZoneDescription.Line line) {
        line(line.name(), line.value());
    }

    /// Writes a line; what is longer goes on in lines that begin with a blank. No character is cut in two.
    private void line(String name, String value) {
        int octets = 0;
        StringBuilder folded = new StringBuilder();
        for (int character : (name + ":" + value).codePoints().toArray()) {
            String written = Character.toString(character);
            int length = written.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > LONGEST_LINE) {
                folded.append(LINE_END).append(' ');
                octets = 1;
            }
            folded.append(written);
            octets += length;
        }
        text.append(folded).append(LINE_END);
    }

    static Instant instant(LocalDateTime time, ZoneId zone) {
        return time.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }
}
