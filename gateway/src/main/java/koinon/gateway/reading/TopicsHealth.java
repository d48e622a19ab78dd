package koinon.gateway.reading;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Whether the picture in memory is complete: down until every topic has been read to its end once. A broker that
/// goes
/// away later makes the picture older, not wrong, and `asOf` says how old.
@Component("topics")
final class TopicsHealth implements HealthIndicator {

    private final Reading reading;

    TopicsHealth(Reading reading) {
        this.reading = reading;
    }

    @Override
    public Health health() {
        var health = reading.isCaughtUp() ? Health.up() : Health.down().withDetail("waitingFor", reading.missing());
        return health.withDetail("asOf", reading.asOf())
                .withDetail("missingEvents", reading.gaps())
                .withDetail("unreadable", reading.unreadable())
                .build();
    }
}
