package koinon.gateway.directory;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// A deadline as it was agreed: a local time and its time zone.
public record LocalDeadline(LocalDateTime local, ZoneId zone) {

    public Instant at() {
        return local.atZone(zone).toInstant();
    }
}
