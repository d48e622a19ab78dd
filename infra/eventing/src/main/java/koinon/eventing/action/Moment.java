package koinon.eventing.action;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A moment that limits an action: a point in time, or a moment that belongs to another aggregate and may change
/// there.
///
/// @param at the point in time; absent for a reference
/// @param zone IANA zone in which it was agreed; absent for a reference
/// @param of the aggregate that the moment belongs to, `<aggregate>/<id>`
/// @param moment name of the moment in that aggregate
public record Moment(
        @Nullable Instant at,
        @Nullable String zone,
        @Nullable String of,
        @Nullable String moment) {

    public static Moment at(Instant instant, String zone) {
        return new Moment(instant, zone, null, null);
    }

    /// The end of a day in a zone.
    public static Moment endOf(LocalDate day, ZoneId zone) {
        return at(day.plusDays(1).atStartOfDay(zone).toInstant(), zone.getId());
    }

    /// A moment of another aggregate.
    ///
    /// @param subject `<aggregate>/<id>`
    public static Moment of(String subject, String moment) {
        return new Moment(null, null, subject, moment);
    }
}
