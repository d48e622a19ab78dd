package koinon.gateway.status;

import koinon.gateway.picture.Reading;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Lets statuses notice that time passes, also when nobody asks.
@Component
@EnableScheduling
class Clockwork {

    private final Statuses statuses;
    private final Reading reading;

    Clockwork(Statuses statuses, Reading reading) {
        this.statuses = statuses;
        this.reading = reading;
    }

    @Scheduled(fixedDelayString = "${koinon.status.tick:1s}")
    void tick() {
        if (reading.isCaughtUp()) statuses.tick();
    }
}
