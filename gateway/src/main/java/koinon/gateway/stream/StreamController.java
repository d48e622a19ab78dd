package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.gateway.audience.Audience;
import koinon.gateway.audience.Caller;
import koinon.gateway.picture.Reading;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.gateway.status.Shown;
import koinon.gateway.status.Status;
import koinon.gateway.status.Statuses;
import koinon.platform.document.EventJson;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
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

    private static final Pattern ID = Pattern.compile("([A-Za-z0-9_-]{1,500})\\.([0-9a-z]{1,11})");

    private final Streams streams;
    private final Statuses statuses;
    private final Reading reading;
    private final Places places;
    private final StreamSettings settings;
    private final Clock clock;
    private final Latest<Map<String, Instant>, byte[]> asOf = new Latest<>(EventJson.mapper()::writeValueAsBytes);
    private final Latest<Offsets, String> encoded = new Latest<>(Offsets::encoded);

    StreamController(
            Streams streams, Statuses statuses, Reading reading, Places places, StreamSettings settings, Clock clock) {
        this.streams = streams;
        this.statuses = statuses;
        this.reading = reading;
        this.places = places;
        this.settings = settings;
        this.clock = clock;
    }

    /// Where an event of the stream stands: what had been read, and when.
    private record Since(Offsets offsets, Instant moment) {}

    private record Wanted(
            Caller caller,
            @Nullable String project,
            @Nullable String call,
            @Nullable String city,
            @Nullable String funder) {

        boolean matches(Status it) {
            return (call == null || (it.call() != null && call.equals(it.call().id())))
                    && (city == null
                            || it.partners().stream()
                                    .anyMatch(partner ->
                                            city.equals(partner.city().id())))
                    && (funder == null
                            || Optional.ofNullable(it.agreements()).stream()
                                    .flatMap(List::stream)
                                    .anyMatch(agreement ->
                                            funder.equals(agreement.fund().funder())));
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
    @GetMapping("/api/v1/status/stream")
    StreamingResponseBody stream(
            By by,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String funder,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletRequest request,
            HttpServletResponse response) {
        @Nullable Since since = last == null || last.isBlank() ? null : since(last.trim());
        var wanted = new Wanted(Caller.of(by.mandates()), project, call, city, funder);
        Instant end = end();
        String reader = request.getUserPrincipal() == null ? "at " + request.getRemoteAddr() : by.actor();
        Subscriber subscriber = streams.open(reader)
                .orElseThrow(() -> new Refused.Busy("As many streams are open as this copy bears; try again."));
        // Registered first: nothing that happens from here on is missed.
        if (since != null)
            subscriber.changed(
                    statuses.changedSince(since.offsets(), since.moment()).toList());
        else if (project != null) subscriber.changed(List.of(project));
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        // What it is given to write to does not flush.
        return _ -> {
            try {
                write(subscriber, wanted, end, response.getOutputStream());
            } catch (IOException _) {
                // Its reader is gone.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                streams.close(subscriber);
            }
        };
    }

    private void write(Subscriber subscriber, Wanted wanted, Instant end, OutputStream out)
            throws IOException, InterruptedException {
        out.write("retry: 1000\n\n".getBytes(UTF_8));
        beat(subscriber.take(Duration.ZERO), wanted, out);
        while (clock.instant().isBefore(end)) {
            Subscriber.Batch batch = subscriber.take(settings.heartbeat());
            if (batch.closed()) return;
            beat(batch, wanted, out);
        }
    }

    /// Sends a batch. Only its last event carries an id, for only then all of it has arrived.
    private void beat(Subscriber.Batch batch, Wanted wanted, OutputStream out) throws IOException {
        Instant moment = clock.instant();
        List<byte[]> events = batch.projects().stream()
                .filter(it -> wanted.project() == null || wanted.project().equals(it))
                .map(statuses::find)
                .flatMap(Optional::stream)
                .filter(it -> wanted.matches(it.status()))
                .flatMap(it -> event(it, wanted.caller()))
                .toList();
        String id = "id: " + encoded.of(batch.upTo()) + "." + Long.toString(moment.toEpochMilli(), 36) + "\n";
        if (events.isEmpty()) out.write((": alive\n" + id + "\n").getBytes(UTF_8));
        for (int at = 0; at < events.size(); at++) {
            if (at == events.size() - 1) out.write(id.getBytes(UTF_8));
            out.write(events.get(at));
        }
        out.flush();
    }

    private Stream<byte[]> event(Shown shown, Caller caller) {
        Audience audience = caller.to(shown.involved());
        if (!shown.isVisibleTo(audience)) return Stream.empty();
        var out = new ByteArrayOutputStream();
        out.writeBytes("event: status\ndata: {\"asOf\":".getBytes(UTF_8));
        out.writeBytes(asOf.of(reading.asOf()));
        out.writeBytes(",\"status\":".getBytes(UTF_8));
        out.writeBytes(shown.rendering(audience).bytes());
        out.writeBytes("}\n\n".getBytes(UTF_8));
        return Stream.of(out.toByteArray());
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

    private Since since(String id) {
        var matcher = ID.matcher(id);
        if (!matcher.matches())
            throw new Invalid("Last-Event-ID", "Last-Event-ID must be the id of an event of this stream, or absent.");
        return new Since(places.decoded(matcher.group(1)), Instant.ofEpochMilli(Long.parseLong(matcher.group(2), 36)));
    }
}
