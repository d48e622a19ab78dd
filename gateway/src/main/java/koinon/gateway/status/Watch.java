package koinon.gateway.status;

import java.time.Instant;

/// The time at which a status is derived. Every question about the clock goes through it, so that it knows when an
/// answer will next be another one.
final class Watch {

    private final Instant now;
    private Instant next = Instant.MAX;

    Watch(Instant now) {
        this.now = now;
    }

    /// Whether this moment has come.
    boolean isPast(Instant moment) {
        if (!now.isBefore(moment)) return true;
        if (moment.isBefore(next)) next = moment;
        return false;
    }

    /// The first moment at which one of the answers given changes by the clock alone.
    Instant next() {
        return next;
    }
}
