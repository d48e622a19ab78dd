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
import java.util.function.Supplier;
import koinon.eventing.reader.TopicsReaderFactory;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.status.Statuses;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The open streams of this instance.
@Component
final class Streams implements Statuses.Listener, SmartLifecycle {

    private final Map<Subscriber, String> open = new ConcurrentHashMap<>();
    private final Statuses statuses;
    private final StreamSettings settings;
    private final Supplier<String> topics;
    private volatile boolean running;
    private OffsetVector announced;
    private Instant passed;

    @Autowired
    Streams(Statuses statuses, StreamSettings settings, TopicsReaderFactory topics, Clock clock, MeterRegistry meters) {
        this(statuses, settings, topics::identity, clock, meters);
    }

    /// @param topics names the topics that are read
    Streams(Statuses statuses, StreamSettings settings, Supplier<String> topics, Clock clock, MeterRegistry meters) {
        this.statuses = statuses;
        this.settings = settings;
        this.topics = topics;
        this.announced = statuses.upTo();
        this.passed = clock.instant();
        statuses.listen(this);
        Gauge.builder("koinon.gateway.streams", open, Map::size)
                .description("Open streams of statuses")
                .register(meters);
    }

    /// Opens a stream from now on; empty when there are too many, in total or of this caller.
    synchronized Optional<Subscriber> open(String caller) {
        if (!running
                || open.size() >= settings.most()
                || Collections.frequency(open.values(), caller) >= settings.perCaller()) return Optional.empty();
        var subscriber = new Subscriber(position(statuses.upTo()));
        open.put(subscriber, caller);
        return Optional.of(subscriber);
    }

    void close(Subscriber subscriber) {
        open.remove(subscriber);
        subscriber.close();
    }

    // Synchronized, so that no stream gets a position before the changes that it covers.
    @Override
    public synchronized void changed(Set<String> projects, OffsetVector upTo) {
        announce(projects, position(upTo));
    }

    @Override
    public synchronized void passed(Instant moment) {
        passed = moment;
        announce(Set.of(), position(announced));
    }

    private StreamPosition position(OffsetVector upTo) {
        return new StreamPosition(upTo, passed, topics.get());
    }

    /// The position in the last event id of a client.
    ///
    /// @throws StreamRestart.Needed when it is no position in the topics that are read here
    StreamPosition position(String id, PartitionIndex partitionIndex) throws StreamRestart.Needed {
        return StreamPosition.of(id, partitionIndex, topics.get());
    }

    private void announce(Set<String> projects, StreamPosition upTo) {
        announced = upTo.offsets();
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

    /// Runs before the server stops, which would wait for the streams.
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
