package koinon.eventing.action;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import koinon.eventing.rule.ValidationFailed.Violation;

/// A local time with its time zone, and the instant that it means. A local time that exists twice, because the clock
/// was set back, means the later.
///
/// @param local local time in the zone
/// @param zone IANA time zone id
public record Deadline(LocalDateTime local, String zone) {

    /// @throws DateTimeException when the zone does not exist
    public Instant instant() {
        return local.atZone(ZoneId.of(zone)).withLaterOffsetAtOverlap().toInstant();
    }

    /// What makes it no deadline that can be written: an unknown zone, or a local time that the zone skips, because the
    /// clock is set forward.
    ///
    /// @param pointer JSON pointer of the deadline in the request
    public Optional<Violation> violation(String pointer) {
        if (!hasKnownZone())
            return Optional.of(
                    new Violation(pointer + "/zone", "validation.zone", "There is no time zone %s.", "zone", zone));
        ZoneOffsetTransition change = ZoneId.of(zone).getRules().getTransition(local);
        return change == null || !change.isGap()
                ? Optional.empty()
                : Optional.of(new Violation(
                        pointer + "/local",
                        "validation.skipped-time",
                        "The clocks in %s skip this time, from %s to %s; name another.",
                        "zone",
                        zone,
                        "from",
                        change.getDateTimeBefore(),
                        "to",
                        change.getDateTimeAfter()));
    }

    /// The moment, as next actions name it.
    public Moment moment() {
        return Moment.at(instant(), zone);
    }

    /// Whether the zone is an IANA zone; a plain offset is not, because it belongs to no place.
    private boolean hasKnownZone() {
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
