package koinon.testing.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that runs like the machine's, and that a test can move.
public final class TestClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    /// Goes on from this moment.
    public void set(Instant now) {
        ahead = Duration.between(Instant.now(), now);
    }

    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /// Goes on with the machine's time.
    public void reset() {
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), ahead);
    }
}
