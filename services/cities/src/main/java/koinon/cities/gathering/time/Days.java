package koinon.cities.gathering.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import koinon.cities.Violations;
import koinon.eventing.action.Deadline;
import koinon.eventing.action.Moment;
import org.jspecify.annotations.Nullable;

/// The days of a gathering, both included, in the zone of the place.
///
/// @param zone IANA time zone id
public record Days(LocalDate first, LocalDate last, String zone) {

    /// The most days of one gathering.
    static final int MOST = 366;

    /// What makes them no days of a gathering.
    ///
    /// @param pointer JSON pointer of the days in the request
    /// @return whether nothing is wrong with them
    public boolean check(String pointer, Violations violations) {
        boolean inZone = ZoneId.getAvailableZoneIds().contains(zone);
        boolean inOrder = !last.isBefore(first);
        if (!inZone) violations.wrong(pointer + "/zone", "validation.zone", "There is no time zone %s.", "zone", zone);
        if (!inOrder)
            violations.wrong(
                    pointer + "/last", "gathering.last-before-first", "A gathering ends on its first day or later.");
        if (inOrder && ChronoUnit.DAYS.between(first, last) >= MOST)
            violations.wrong(
                    pointer + "/last", "gathering.too-long", "A gathering lasts at most %s days.", "max", MOST);
        return inZone && inOrder;
    }

    /// The first moment of the first day.
    public Instant begin() {
        return first.atStartOfDay(ZoneId.of(zone)).toInstant();
    }

    /// The moment after the last day.
    public Instant end() {
        return last.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
    }

    /// The first moment, as next actions name it.
    public Moment beginMoment() {
        return Moment.at(begin(), zone);
    }

    /// The end of the last day, as next actions name it.
    public Moment endMoment() {
        return Moment.endOf(last, ZoneId.of(zone));
    }

    /// Whether a part of the gathering, such as a session, lies within its days.
    public boolean contain(Slot slot) {
        return (slot.start() == null || contain(slot.start()))
                && (slot.end() == null || !slot.end().isAfter(last.plusDays(1).atStartOfDay()));
    }

    private boolean contain(LocalDateTime time) {
        return !time.toLocalDate().isBefore(first) && !time.toLocalDate().isAfter(last);
    }

    /// The instant that a local time of the gathering means; the later one where the clock is set back.
    public @Nullable Instant instant(@Nullable LocalDateTime local) {
        return local == null ? null : new Deadline(local, zone).instant();
    }

    @Override
    public String toString() {
        return first + " to " + last + " (" + zone + ")";
    }
}
