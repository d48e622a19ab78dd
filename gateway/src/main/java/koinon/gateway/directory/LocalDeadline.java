package koinon.gateway.directory;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// A deadline as it was agreed: a local time and its time zone. A local time that exists twice means the later.
public record LocalDeadline(LocalDateTime local, ZoneId zone) {

    public ZonedDateTime moment() {
        return local.atZone(zone).withLaterOffsetAtOverlap();
    }
}
