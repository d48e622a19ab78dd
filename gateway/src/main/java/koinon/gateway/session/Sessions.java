package koinon.gateway.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import koinon.eventing.command.RequestRejected;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The sessions, with a copy in memory of those in use. A copy is good for a second; an older one is used only
/// while the database is unavailable, at most until the session's end.
@Component
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MOST_COPIES = 20_000;
    private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);

    private final SessionRepository repository;
    private final SessionWatch watch;
    private final Settings settings;
    private final Clock clock;
    private final Cache<String, Copy> copies;
    /// When the database may be asked again, in nanoseconds; 0 while it answers.
    private final AtomicLong retryNanos = new AtomicLong();

    /// How long sessions last.
    ///
    /// @param sessionIdle time without a request after which a session ends
    /// @param sessionLongest time after which a session ends in any case
    @ConfigurationProperties("koinon.gateway")
    record Settings(
            @DefaultValue("8h") Duration sessionIdle,
            @DefaultValue("24h") Duration sessionLongest) {}

    private record Copy(Session session, long readNanos) {
        boolean isFresh() {
            return System.nanoTime() - readNanos < FRESH_NANOS;
        }
    }

    Sessions(SessionRepository repository, SessionWatch watch, Settings settings, Clock clock) {
        this.repository = repository;
        this.watch = watch;
        this.settings = settings;
        this.clock = clock;
        this.copies = Caffeine.newBuilder()
                .maximumSize(MOST_COPIES)
                .expireAfterAccess(settings.sessionIdle())
                .build();
    }

    /// Begins a session.
    ///
    /// @return what the browser's cookie holds
    public String begin(String subject, String name, Session.Tokens tokens) {
        String cookie = Seal.random();
        // As exact as the database keeps it.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var session = new Session(
                Session.id(cookie),
                subject,
                name,
                tokens,
                Seal.random(),
                now,
                now,
                now.plus(settings.sessionLongest()),
                0,
                null);
        repository.add(session);
        keep(session);
        LOG.info("event=session.begun");
        return cookie;
    }

    /// The session of a cookie; empty if there is none or it is over.
    ///
    /// @throws RequestRejected.Busy when the database is unavailable and no copy is here
    Optional<Session> find(String cookie) {
        String id = Session.id(cookie);
        @Nullable Copy copy = copies.getIfPresent(id);
        if (copy != null && copy.isFresh()) return inUse(copy.session());
        if (!mayAsk()) return withoutDatabase(copy);
        try {
            Optional<Session> found = repository.find(id);
            retryNanos.set(0);
            if (found.isEmpty()) copies.invalidate(id);
            found.ifPresent(this::keep);
            return found.flatMap(this::inUse);
        } catch (MongoException | DataAccessException e) {
            if (retryNanos.getAndSet(System.nanoTime() + FRESH_NANOS) == 0)
                LOG.warn("event=session.database-unavailable cause=\"{}\"", e.toString());
            return withoutDatabase(copy);
        }
    }

    /// While the database is unavailable, one request a second asks it, so that the others do not wait for it.
    private boolean mayAsk() {
        long retry = retryNanos.get();
        long now = System.nanoTime();
        return retry == 0 || (now - retry >= 0 && retryNanos.compareAndSet(retry, now + FRESH_NANOS));
    }

    private Optional<Session> withoutDatabase(@Nullable Copy copy) {
        if (copy == null)
            throw new RequestRejected.Busy("sessions", "Sessions cannot be read at the moment; try again later.");
        return Optional.of(copy.session()).filter(it -> clock.instant().isBefore(it.until()));
    }

    private Optional<Session> inUse(Session session) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (session.isOver(now, settings.sessionIdle())) {
            copies.invalidate(session.id());
            return Optional.empty();
        }
        if (session.seen().plus(BETWEEN_WRITES).isAfter(now)) return Optional.of(session);
        Session seen = session.seen(now);
        keep(seen);
        try {
            repository.see(seen);
        } catch (MongoException | DataAccessException e) {
            LOG.debug("event=session.not-seen cause=\"{}\"", e.toString());
        }
        return Optional.of(seen);
    }

    /// Uses a session that was just read or written.
    void keep(Session session) {
        copies.put(session.id(), new Copy(session, System.nanoTime()));
    }

    public void end(Session session) {
        end(session.id());
    }

    /// Ends the session of a cookie, if there is one.
    public void endOf(String cookie) {
        end(Session.id(cookie));
    }

    private void end(String id) {
        repository.delete(id);
        copies.invalidate(id);
        watch.ended(id);
    }

    /// Ends every session of a person; other copies of the gateway notice within a second.
    public void endAll(String subject) {
        List<Session> all = repository.of(subject, clock.instant());
        repository.deleteOf(subject);
        for (Session it : all) {
            copies.invalidate(it.id());
            watch.ended(it.id());
        }
    }

    /// The sessions of a person, newest first.
    public List<Session> of(String subject) {
        Instant now = clock.instant();
        return repository.of(subject, now).stream()
                .filter(it -> !it.isOver(now, settings.sessionIdle()))
                .toList();
    }

    /// When a session ends unless it is used.
    public Instant idleUntil(Session session) {
        Instant idle = session.seen().plus(settings.sessionIdle());
        return idle.isBefore(session.until()) ? idle : session.until();
    }
}
