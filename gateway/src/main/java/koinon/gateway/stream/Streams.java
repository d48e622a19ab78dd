package koinon.gateway.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import koinon.gateway.reading.Offsets;
import koinon.gateway.status.Statuses;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Every open stream of this copy.
@Component
final class Streams implements Statuses.Listener, SmartLifecycle {

    private final Map<Subscriber, String> open = new ConcurrentHashMap<>();
    private final Statuses statuses;
    private final StreamSettings settings;
    private volatile boolean running;
    private Offsets told;
    private Instant passed;

    Streams(Statuses statuses, StreamSettings settings, Clock clock, MeterRegistry meters) {
        this.statuses = statuses;
        this.settings = settings;
        this.told = statuses.upTo();
        this.passed = clock.instant();
        statuses.listen(this);
        Gauge.builder("koinon.gateway.streams", open, Map::size)
                .description("Open streams of statuses")
                .register(meters);
    }

    /// A new stream from now on; empty when there are too many, or too many of this caller.
    synchronized Optional<Subscriber> open(String caller) {
        if (!running
                || open.size() >= settings.most()
                || Collections.frequency(open.values(), caller) >= settings.perCaller()) return Optional.empty();
        var subscriber = new Subscriber(new Mark(statuses.upTo(), passed));
        open.put(subscriber, caller);
        return Optional.of(subscriber);
    }

    void close(Subscriber subscriber) {
        open.remove(subscriber);
        subscriber.close();
    }

    // One after the other, so that no stream is given a mark before what it covers.
    @Override
    public synchronized void changed(Set<String> projects, Offsets upTo) {
        tell(projects, new Mark(upTo, passed));
    }

    @Override
    public synchronized void passed(Instant moment) {
        passed = moment;
        tell(Set.of(), new Mark(told, moment));
    }

    private void tell(Set<String> projects, Mark upTo) {
        told = upTo.offsets();
        for (Subscriber it : open.keySet()) it.changed(projects, upTo);
    }

    @Override
    public void changedByClock(String project) {
        Set<String> projects = Set.of(project);
        for (Subscriber it : open.keySet()) it.changed(projects);
    }

    @Override
    public void start() {
        running = true;
    }

    /// Before the server stops: it would wait for streams.
    @Override
    public void stop() {
        running = false;
        open.keySet().forEach(Subscriber::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
