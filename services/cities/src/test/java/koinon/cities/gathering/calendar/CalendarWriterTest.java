package koinon.cities.gathering.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import koinon.cities.gathering.calendar.CalendarEntry.Status;
import koinon.cities.gathering.calendar.CalendarEntry.When;
import org.junit.jupiter.api.Test;

/// Calendars as RFC 5545 wants them.
class CalendarWriterTest {

    private static final Instant CHANGED = Instant.parse("2025-11-26T08:00:00Z");

    @Test
    void an_entry_of_whole_days_ends_on_the_day_after_the_last() {
        String calendar = CalendarWriter.written(
                "Koinon",
                List.of(new CalendarEntry(
                        "forum@gatherings.koinon",
                        3,
                        CHANGED,
                        new When.WholeDays(LocalDate.of(2025, 11, 28), LocalDate.of(2025, 11, 29)),
                        Status.CANCELLED,
                        "Forum; the first, \\ or second",
                        "Theme\nOrganiser",
                        "Hà Nội",
                        List.of("https://example.org/a.pdf"))));

        assertThat(calendar).isEqualTo("""
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Koinon//Gatherings//EN
                CALSCALE:GREGORIAN
                METHOD:PUBLISH
                X-WR-CALNAME:Koinon
                BEGIN:VEVENT
                UID:forum@gatherings.koinon
                DTSTAMP:20251126T080000Z
                LAST-MODIFIED:20251126T080000Z
                SEQUENCE:3
                DTSTART;VALUE=DATE:20251128
                DTEND;VALUE=DATE:20251130
                STATUS:CANCELLED
                SUMMARY:Forum\\; the first\\, \\\\ or second
                DESCRIPTION:Theme\\nOrganiser
                LOCATION:Hà Nội
                ATTACH:https://example.org/a.pdf
                TRANSP:TRANSPARENT
                END:VEVENT
                END:VCALENDAR
                """.replace("\n", "\r\n"));
    }

    @Test
    void a_time_names_its_zone_which_is_described_with_each_change_of_its_clock() {
        String calendar = written(new When.Times(
                LocalDateTime.of(2027, 3, 27, 9, 0), LocalDateTime.of(2027, 3, 28, 12, 0), ZoneId.of("Europe/Vienna")));

        assertThat(calendar).contains("DTSTART;TZID=Europe/Vienna:20270327T090000\r\n");
        assertThat(calendar).contains("DTEND;TZID=Europe/Vienna:20270328T120000\r\n");
        assertThat(calendar).contains("""
                BEGIN:VTIMEZONE
                TZID:Europe/Vienna
                BEGIN:STANDARD
                DTSTART:20261025T030000
                TZOFFSETFROM:+0200
                TZOFFSETTO:+0100
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:20270328T020000
                TZOFFSETFROM:+0100
                TZOFFSETTO:+0200
                END:DAYLIGHT
                END:VTIMEZONE
                """.replace("\n", "\r\n"));
    }

    @Test
    void a_zone_whose_clock_never_changes_is_described_once() {
        assertThat(written(new When.Times(LocalDateTime.of(2027, 3, 27, 9, 0), null, ZoneId.of("Etc/UTC"))))
                .contains("BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\n")
                .doesNotContain("DTEND");
    }

    @Test
    void a_time_that_exists_twice_is_the_later_one() {
        assertThat(written(new When.Times(LocalDateTime.of(2027, 10, 31, 2, 30), null, ZoneId.of("Europe/Vienna"))))
                .contains("DTSTART:20271031T013000Z\r\n");
    }

    @Test
    void a_long_line_is_folded_at_75_octets_and_no_character_is_cut() {
        String summary = "Diễn đàn sáng tạo 🎏 ".repeat(30);
        String calendar = CalendarWriter.written("x", List.of(entry(summary)));

        assertThat(calendar.split("\r\n", -1))
                .allSatisfy(
                        it -> assertThat(it.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
        assertThat(calendar).doesNotContain("\ufffd");
        assertThat(calendar.replace("\r\n ", "")).contains("SUMMARY:" + summary + "\r\n");
        assertThat(calendar.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    }

    private static CalendarEntry entry(String summary) {
        return new CalendarEntry(
                "u",
                1,
                CHANGED,
                new When.WholeDays(LocalDate.EPOCH, LocalDate.EPOCH),
                Status.CONFIRMED,
                summary,
                null,
                null,
                List.of());
    }

    private static String written(When when) {
        return CalendarWriter.written(
                "x", List.of(new CalendarEntry("u", 1, CHANGED, when, Status.CONFIRMED, "s", null, null, List.of())));
    }
}
