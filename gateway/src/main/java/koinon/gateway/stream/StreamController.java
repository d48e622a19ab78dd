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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.picture.Reading;
import koinon.gateway.reading.Places;
import koinon.gateway.status.Shown;
import koinon.gateway.status.Status;
import koinon.gateway.status.Statuses;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// The new status of each project as it changes. A virtual thread of its own writes each stream as long as it is
/// open, so that a stream that waits keeps nobody's thread.
@RestController
class StreamController {

    static final String PATH = "/api/v1/status/stream";

    private static final byte[] RETRY = "retry: 1000\n\n".getBytes(UTF_8);
    private static final byte[] ALIVE = ": alive\n".getBytes(UTF_8);

    private final Streams streams;
    private final Statuses statuses;
    private final Reading reading;
    private final Places places;
    private final StreamSettings settings;
    private final Clock clock;
    private final Latest<Map<String, Instant>, byte[]> heads;

    StreamController(
            Streams streams, Statuses statuses, Reading reading, Places places, StreamSettings settings, Clock clock) {
        this.streams = streams;
        this.statuses = statuses;
        this.reading = reading;
        this.places = places;
        this.settings = settings;
        this.clock = clock;
        this.heads = new Latest<>(it -> Frame.head(it, reading.isConfirmed()));
    }

    private record Wanted(
            Caller caller,
            @Nullable String project,
            @Nullable String call,
            @Nullable String city,
            @Nullable String funder) {

        boolean matches(Shown it, Reader reader) {
            Status status = it.status();
            return (call == null
                            || (status.call() != null
                                    && call.equals(status.call().id())))
                    && it.names(city, funder, reader);
        }
    }

    /// Server-sent events, each `{"asOf": {...}, "status": {...}}`; resumed with `Last-Event-ID` at any copy.
    ///
    /// @param project only this one, whose status as it is now comes first
    /// @param call only projects of this call
    /// @param city only projects with this partner city
    /// @param funder only projects with an agreement of this funder
    @Operation(
            summary = "The new status of each project as it changes",
            description =
                    "Server-sent events named `status`; the data of each is `{\"asOf\": {...}, \"status\": {...}}`."
                            + " Without `Last-Event-ID` it begins now; with it, with what changed since, at any copy of the"
                            + " gateway. With `project` alone the status as it is now comes first.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @GetMapping(PATH)
    @Nullable
    StreamingResponseBody stream(
            By by,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String funder,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletRequest request,
            HttpServletResponse response) {
        @Nullable Mark since = last == null || last.isBlank() ? null : Mark.of(last.trim(), places);
        var wanted = new Wanted(Caller.of(by.mandates()), project, call, city, funder);
        Instant end = end();
        String reader = request.getUserPrincipal() == null ? "at " + request.getRemoteAddr() : by.actor();
        // Who asks for the head only is sent no events.
        @Nullable Subscriber subscriber = request.getMethod().equals("HEAD") ? null : open(reader, since, project);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        if (subscriber == null) return null;
        CountDownLatch handover = Handover.of(request);
        Mark start = subscriber.begin();
        // What it is given to write to does not flush.
        return _ -> {
            try {
                handover.await();
                write(
                        subscriber,
                        wanted,
                        since == null && project == null ? start : since,
                        end,
                        response.getOutputStream());
            } catch (IOException _) {
                // Its reader is gone.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                streams.close(subscriber);
            }
        };
    }

    private Subscriber open(String reader, @Nullable Mark since, @Nullable String project) {
        Subscriber subscriber = streams.open(reader)
                .orElseThrow(() -> new Refused.Busy("As many streams are open as this copy bears; try again."));
        try {
            // Registered first: nothing that happens from here on is missed.
            if (since != null)
                subscriber.changed(
                        statuses.changedSince(since.offsets(), since.moment()).collect(Collectors.toSet()));
            else if (project != null) subscriber.changed(Set.of(project));
            return subscriber;
        } catch (RuntimeException e) {
            streams.close(subscriber);
            throw e;
        }
    }

    /// @param since up to where the reader knows everything; absent where it knows nothing
    private void write(Subscriber subscriber, Wanted wanted, @Nullable Mark since, Instant end, OutputStream out)
            throws IOException, InterruptedException {
        @Nullable Mark known = since;
        out.write(RETRY);
        // What there is already comes at once.
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

    /// Sends a batch. Only its last event carries an id, for only then all of it has arrived.
    private void send(Subscriber.Batch batch, Wanted wanted, @Nullable Mark known, OutputStream out)
            throws IOException {
        @Nullable Frame ahead = null;
        for (String project : batch.projects()) {
            @Nullable Frame next = frame(project, wanted, known);
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

    private @Nullable Frame frame(String project, Wanted wanted, @Nullable Mark known) {
        if (wanted.project() != null && !wanted.project().equals(project)) return null;
        // Before looking: the picture is never older than it says.
        byte[] head = heads.of(reading.asOf());
        @Nullable Shown shown = statuses.find(project).orElse(null);
        if (shown == null) return null;
        Reader reader = wanted.caller().to(shown.involved());
        if (!shown.isVisibleTo(reader) || !wanted.matches(shown, reader)) return null;
        // That something has happened which may not be seen is not told either.
        if (known != null
                && !reader.isInvolved()
                && !statuses.changedPubliclySince(project, known.offsets(), known.moment())) return null;
        return new Frame(head, shown.rendering(reader).bytes());
    }

    /// A stream does not outlive the token that opened it.
    private Instant end() {
        Instant longest = clock.instant().plus(settings.longest());
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || !(authentication.getPrincipal() instanceof Jwt token)
                || token.getExpiresAt() == null) return longest;
        return token.getExpiresAt().isBefore(longest) ? token.getExpiresAt() : longest;
    }
}
