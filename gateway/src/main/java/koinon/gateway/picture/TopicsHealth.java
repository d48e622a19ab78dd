package koinon.gateway.picture;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Whether the picture in memory is complete: down until every topic has been read to its end once, and once a topic
/// ends before what was read of it: what is known goes on being answered, without a time for that topic. A broker
/// that goes away makes the picture older, not wrong, and `asOf` says how old. What nobody has compared with what was
/// published serves as unconfirmed.
@Component("topics")
final class TopicsHealth implements HealthIndicator {

    private final Reading reading;

    TopicsHealth(Reading reading) {
        this.reading = reading;
    }

    @Override
    public Health health() {
        Picture picture = reading.picture();
        boolean isWhole = picture.isCaughtUp() && picture.cutShort().isEmpty();
        var health = !isWhole
                ? Health.down().withDetail("waitingFor", picture.missing())
                : picture.isConfirmed()
                        ? Health.up()
                        : Health.status("UNCONFIRMED").withDetail("lacking", picture.lacking());
        return health.withDetail("asOf", picture.asOf())
                .withDetail("events", picture.heard())
                .withDetail("cutShort", picture.cutShort())
                .withDetail("missingEvents", picture.gaps())
                .withDetail("unreadable", picture.unreadable())
                .build();
    }
}
