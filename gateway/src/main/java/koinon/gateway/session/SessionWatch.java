package koinon.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import koinon.eventing.worker.BackgroundWorker;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Ends streams with their sessions, whichever copy of the gateway ended these, and deletes sessions that are over.
/// The deletion is no index of the database, because not every database has one.
@Component
public final class SessionWatch implements SmartLifecycle {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);

    private final SessionRepository repository;
    private final Sessions.Settings settings;
    private final Clock clock;
    private final Map<Watched, String> watched = new ConcurrentHashMap<>();
    private final BackgroundWorker looking = new BackgroundWorker("sessions-watch", this::look);
    private final BackgroundWorker sweeping = new BackgroundWorker("sessions-sweep", this::sweep);

    SessionWatch(SessionRepository repository, Sessions.Settings settings, Clock clock) {
        this.repository = repository;
        this.settings = settings;
        this.clock = clock;
    }

    /// Something that ends with a session.
    public final class Watched implements AutoCloseable {

        private final Runnable end;

        private Watched(Runnable end) {
            this.end = end;
        }

        /// It has ended by itself.
        @Override
        public void close() {
            watched.remove(this);
        }
    }

    /// @param end called once the session has ended
    public Watched watch(Session session, Runnable end) {
        var added = new Watched(end);
        watched.put(added, session.id());
        return added;
    }

    void ended(String session) {
        watched.forEach((it, id) -> {
            if (id.equals(session)) it.end.run();
        });
    }

    /// One question for all, however many there are.
    private Duration look() {
        Set<String> ids = Set.copyOf(watched.values());
        if (!ids.isEmpty()) {
            Set<String> existing = repository.existing(ids);
            ids.stream().filter(it -> !existing.contains(it)).forEach(this::ended);
        }
        return BETWEEN_LOOKS;
    }

    private Duration sweep() {
        repository.createIndexes();
        Instant now = clock.instant();
        repository.deleteOver(now, now.minus(settings.sessionIdle()));
        return BETWEEN_SWEEPS;
    }

    @Override
    public void start() {
        looking.start();
        sweeping.start();
    }

    @Override
    public void stop() {
        looking.stop();
        sweeping.stop();
    }

    @Override
    public boolean isRunning() {
        return looking.isRunning();
    }
}
