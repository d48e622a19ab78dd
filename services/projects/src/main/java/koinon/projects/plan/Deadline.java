package koinon.projects.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import koinon.eventing.action.Moment;

/// A local time with its time zone, and the instant that it means.
///
/// @param local local time in the zone
/// @param zone IANA time zone id
public record Deadline(LocalDateTime local, String zone) {

    /// @throws DateTimeException when the zone does not exist
    public Instant instant() {
        return local.atZone(ZoneId.of(zone)).toInstant();
    }

    /// The moment, as next actions name it.
    public Moment moment() {
        return Moment.at(instant(), zone);
    }

    /// Whether the zone is an IANA zone; a plain offset is not, because it belongs to no place.
    public boolean hasKnownZone() {
        return ZoneId.getAvailableZoneIds().contains(zone);
    }

    /// Whether it has passed; the instant itself counts as passed.
    public boolean isPast(Instant now) {
        return !now.isBefore(instant());
    }

    @Override
    public String toString() {
        return local + " " + zone;
    }
}
