package koinon.projects.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// A local time with its zone: what people are told, and the instant it means.
///
/// @param local the time on the wall where the deadline is set
/// @param zone IANA name of that place's time zone
public record Deadline(LocalDateTime local, String zone) {

    /// @throws DateTimeException when there is no such zone
    public Instant instant() {
        return local.atZone(ZoneId.of(zone)).toInstant();
    }

    /// Whether its zone is one of IANA's; what is merely an offset is the time of no place.
    public boolean hasKnownZone() {
        return ZoneId.getAvailableZoneIds().contains(zone);
    }

    /// Whether it has passed: the instant itself is already too late.
    public boolean isPast(Instant now) {
        return !now.isBefore(instant());
    }

    @Override
    public String toString() {
        return local + " " + zone;
    }
}
