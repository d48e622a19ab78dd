package koinon.gateway.readmodel;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Health of the read model: down until every topic has been read to its end once, and down when a topic ends
/// before the offset up to which it had been read. The gateway then continues to answer, without a time for that
/// topic. While the broker is unavailable the read model becomes older but stays valid, and `asOf` shows its age. A
/// read model that was not compared with what the services have published is unconfirmed.
@Component("topics")
final class TopicsHealth implements HealthIndicator {

    private final CurrentReadModel currentReadModel;

    TopicsHealth(CurrentReadModel currentReadModel) {
        this.currentReadModel = currentReadModel;
    }

    @Override
    public Health health() {
        ReadModel readModel = currentReadModel.readModel();
        boolean isWhole = readModel.isCaughtUp() && readModel.truncated().isEmpty();
        var health = !isWhole
                ? Health.down().withDetail("waitingFor", readModel.missing())
                : readModel.isConfirmed()
                        ? Health.up()
                        : Health.status("UNCONFIRMED").withDetail("lacking", readModel.unconfirmedReasons());
        return health.withDetail("asOf", readModel.asOf())
                .withDetail("events", readModel.eventsRead())
                .withDetail("cutShort", readModel.truncated())
                .withDetail("missingEvents", readModel.gaps())
                .withDetail("unreadable", readModel.unreadable())
                .build();
    }
}
