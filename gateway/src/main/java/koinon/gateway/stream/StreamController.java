package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.audience.Audience;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.session.Session;
import koinon.gateway.session.SessionRequest;
import koinon.gateway.session.SessionWatch;
import koinon.gateway.status.RenderedStatus;
import koinon.gateway.status.Status;
import koinon.gateway.status.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// Streams the new status of each project as it changes. A virtual thread writes each stream, so an idle stream
/// blocks no platform thread.
@RestController
class StreamController {

    static final String PATH = "/api/v1/status/stream";

    private static final int MOST_PROJECTS = 50;
    /// By how much the clocks of two instances may differ.
    private static final Duration SKEW = Duration.ofSeconds(10);
    /// By how much one instance may read the topics later than another.
    private static final Duration LAG = Duration.ofSeconds(2);
    private static final byte[] RETRY = "retry: 1000\n\n".getBytes(UTF_8);
    private static final byte[] ALIVE = ": alive\n".getBytes(UTF_8);

    private final Streams streams;
    private final Statuses statuses;
    private final CurrentReadModel currentReadModel;
    private final PartitionIndex partitionIndex;
    private final StreamSettings settings;
    private final SessionWatch sessions;
    private final Clock clock;
    private final Map<SseFrame.Content, LastValueCache<Map<String, Instant>, byte[]>> heads =
            new EnumMap<>(SseFrame.Content.class);

    StreamController(
            Streams streams,
            Statuses statuses,
            CurrentReadModel currentReadModel,
            PartitionIndex partitionIndex,
            StreamSettings settings,
            SessionWatch sessions,
            Clock clock) {
        this.streams = streams;
        this.statuses = statuses;
        this.currentReadModel = currentReadModel;
        this.partitionIndex = partitionIndex;
        this.settings = settings;
        this.sessions = sessions;
        this.clock = clock;
        for (SseFrame.Content content : SseFrame.Content.values())
            heads.put(content, new LastValueCache<>(it -> content.head(it, currentReadModel.isConfirmed())));
    }

    private record Wanted(
            Caller caller,
            SseFrame.Content content,
            Set<String> projects,
            @Nullable String call,
            @Nullable String city,
            @Nullable String funder) {

        boolean matches(RenderedStatus it, Reader reader) {
            Status status = it.status();
            return (call == null
                            || (status.call() != null
                                    && call.equals(status.call().id())))
                    && it.names(city, funder, reader);
        }
    }

    /// Server-sent events, each `{"asOf": {...}, "status": {...}}` or `{"asOf": {...}, "item": {...}, "etag": "..."}`;
    /// can be resumed with `Last-Event-ID` at any instance. A stream that cannot go on there begins anew and says
    /// so with an event of its own.
    ///
    /// @param as statuses, or items of the list
    /// @param project only these projects, at most 50, separated by commas; their current statuses come first
    /// @param call only projects of this call
    /// @param city only projects with this partner city
    /// @param funder only projects with an agreement of this funder
    @Operation(
            summary = "The new status of each project as it changes",
            description =
                    "Server-sent events named `status`; the data of each is `{\"asOf\": {...}, \"status\": {...}}`."
                            + " Without `Last-Event-ID` it begins now; with it, with what changed since, at any copy of the"
                            + " gateway. With `project`, several of them separated by commas, and without `Last-Event-ID`,"
                            + " the statuses as they are now come first. Where it cannot go on after `Last-Event-ID`, which"
                            + " is of other topics, of another number of partitions or later than all that has happened,"
                            + " it begins as without it, with an event named `restarted`: its data is `{\"reason\":"
                            + " {\"key\": ..., \"text\": ...}}`, and the client reads again what it shows."
                            + " With `as=items` the events are named `item`, and the data of each is `{\"asOf\":"
                            + " {...}, \"item\": {...}, \"etag\": \"...\"}`: the project as lists show it,"
                            + " and the ETag that its status has for the caller.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @GetMapping(PATH)
    @Nullable
    StreamingResponseBody stream(
            Actor actor,
            @RequestParam(defaultValue = "statuses") String as,
            @RequestParam(required = false) @Nullable List<String> project,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String funder,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletRequest request,
            HttpServletResponse response) {
        var parameters = new Parameters();
        SseFrame.Content content = parameters.oneOf("as", as, SseFrame.Content.values());
        Set<String> projects = Set.copyOf(parameters.several("project", project, MOST_PROJECTS));
        parameters.check();
        Resumption resumption = resumption(last);
        Optional<Session> session = SessionRequest.sessionOf(request);
        Instant end = end(session);
        var wanted = new Wanted(Caller.of(actor.mandates()), content, projects, call, city, funder);
        String reader = request.getUserPrincipal() == null ? "at " + request.getRemoteAddr() : actor.id();
        // A HEAD request gets no events.
        @Nullable
        Subscriber subscriber = request.getMethod().equals("HEAD") ? null : open(reader, resumption, projects);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        if (subscriber == null) return null;
        CountDownLatch handover = AsyncHandoverFilter.of(request);
        // The stream parameter does not flush, so the response's own stream is used.
        return _ -> {
            try (var _ =
                    session.map(it -> sessions.watch(it, subscriber::close)).orElse(null)) {
                handover.await();
                write(subscriber, wanted, resumption, end, response.getOutputStream());
            } catch (IOException _) {
                // The client has closed the connection.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                streams.close(subscriber);
            }
        };
    }

    /// Where the client wants a stream to go on.
    ///
    /// @param since the position up to which the client knows all changes; absent if it knows none
    /// @param restart why it knows none although it names one
    private record Resumption(
            @Nullable StreamPosition since, @Nullable StreamRestart restart) {}

    private Resumption resumption(@Nullable String last) {
        if (last == null || last.isBlank()) return new Resumption(null, null);
        try {
            StreamPosition since = streams.position(last.trim(), partitionIndex);
            return since.moment().isAfter(clock.instant().plus(SKEW))
                    ? new Resumption(null, StreamRestart.AHEAD)
                    : new Resumption(since, null);
        } catch (StreamRestart.Needed e) {
            return new Resumption(null, e.why());
        }
    }

    private Subscriber open(String reader, Resumption resumption, Set<String> projects) {
        @Nullable StreamPosition since = resumption.since();
        Subscriber subscriber = streams.open(reader)
                .orElseThrow(() -> new RequestRejected.Busy(
                        "streams", "Too many open streams on this instance; try again later."));
        try {
            // Registered first, so that no change from here on is missed.
            if (since != null)
                subscriber.changed(
                        statuses.changedSince(since.offsets(), since.moment()).collect(Collectors.toSet()));
            else subscriber.changed(projects);
            return subscriber;
        } catch (RuntimeException e) {
            streams.close(subscriber);
            throw e;
        }
    }

    private void write(Subscriber subscriber, Wanted wanted, Resumption resumption, Instant end, OutputStream out)
            throws IOException, InterruptedException {
        @Nullable StreamPosition known = resumption.since();
        @Nullable StreamRestart restart = resumption.restart();
        out.write(RETRY);
        if (known != null && !isReached(known, subscriber)) {
            known = null;
            restart = StreamRestart.AHEAD;
            subscriber.changed(wanted.projects());
        }
        if (restart != null) out.write(restart.event());
        if (known == null && wanted.projects().isEmpty()) known = subscriber.begin();
        // Pending changes are sent at once.
        Duration patience = Duration.ZERO;
        while (true) {
            Subscriber.Batch batch = subscriber.take(patience);
            Duration left = Duration.between(clock.instant(), end);
            if (batch.closed() || !left.isPositive()) return;
            send(batch, wanted, known, out);
            known = batch.upTo();
            patience = left.compareTo(settings.heartbeat()) < 0 ? left : settings.heartbeat();
        }
    }

    /// Whether all that the client knows has happened here, too. Another instance may have read a little further.
    private boolean isReached(StreamPosition known, Subscriber subscriber) throws InterruptedException {
        long end = System.nanoTime() + LAG.toNanos();
        while (!statuses.upTo().contain(known.offsets())) {
            if (System.nanoTime() > end || subscriber.isClosed()) return false;
            Thread.sleep(20);
        }
        return true;
    }

    /// Sends a batch. Only its last event carries an id, because only then the client has all of it.
    private void send(Subscriber.Batch batch, Wanted wanted, @Nullable StreamPosition known, OutputStream out)
            throws IOException {
        @Nullable SseFrame ahead = null;
        for (String project : batch.projects()) {
            @Nullable SseFrame next = frame(project, wanted, known);
            if (next == null) continue;
            if (ahead != null) ahead.writeTo(out);
            ahead = next;
        }
        if (ahead == null) out.write(ALIVE);
        out.write(batch.upTo().line());
        if (ahead == null) out.write('\n');
        else ahead.writeTo(out);
        out.flush();
    }

    private @Nullable SseFrame frame(String project, Wanted wanted, @Nullable StreamPosition known) {
        if (!wanted.projects().isEmpty() && !wanted.projects().contains(project)) return null;
        // Read before the status, so that the status is never older than the event says.
        byte[] head = Objects.requireNonNull(heads.get(wanted.content())).of(currentReadModel.asOf());
        @Nullable RenderedStatus shown = statuses.find(project).orElse(null);
        if (shown == null) return null;
        Reader reader = wanted.caller().to(shown.involved());
        if (!shown.isVisibleTo(reader) || !wanted.matches(shown, reader)) return null;
        // Also hides that something happened that the reader may not see.
        if (known != null
                && reader.audience() != Audience.NETWORK
                && !statuses.changedSince(project, reader, known.offsets(), known.moment())) return null;
        return wanted.content().frame(head, shown, reader);
    }

    /// A stream ends at the latest when the token that opened it expires, or the session.
    private Instant end(Optional<Session> session) {
        Instant bound = clock.instant().plus(settings.longest());
        Instant longest =
                session.map(Session::until).filter(it -> it.isBefore(bound)).orElse(bound);
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || !(authentication.getPrincipal() instanceof Jwt token)
                || token.getExpiresAt() == null) return longest;
        return token.getExpiresAt().isBefore(longest) ? token.getExpiresAt() : longest;
    }
}
