package koinon.gateway.directory;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// A deadline as people agreed it: a local time in its zone.
public record LocalDeadline(LocalDateTime local, ZoneId zone) {

    public Instant at() {
        return local.atZone(zone).toInstant();
    }
}
