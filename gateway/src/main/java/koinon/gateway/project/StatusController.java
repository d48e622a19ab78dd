package koinon.gateway.project;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.model.Position;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.status.AsOfFilter;
import koinon.gateway.status.RenderedStatus;
import koinon.gateway.status.Status;
import koinon.gateway.status.Statuses;
import koinon.gateway.timeline.TimelineService;
import koinon.gateway.topics.EventRecord;
import koinon.http.condition.RequestConditions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers the status of a cooperation project from memory.
@RestController
@RequestMapping("/api/v1/status/projects")
class StatusController {

    // The whole answer must take at most two seconds; the rest is for deriving and sending it.
    private static final Duration PATIENCE = Duration.ofMillis(1700);
    /// Upper bound of the events from which an earlier status is derived; the longest projects have some hundred.
    private static final int MOST_EVENTS = 10_000;

    private final Statuses statuses;
    private final TimelineService timelines;
    private final CurrentReadModel currentReadModel;
    private final Clock clock;

    StatusController(Statuses statuses, TimelineService timelines, CurrentReadModel currentReadModel, Clock clock) {
        this.statuses = statuses;
        this.timelines = timelines;
        this.currentReadModel = currentReadModel;
        this.clock = clock;
    }

    /// The status of one project: immediately, or from another thread if it has to wait.
    ///
    /// @param atLeast position of an event that the answer must contain; waited for up to two seconds
    /// @param asOf moment in the past: the status as it was then
    @Operation(
            summary = "The status of one project",
            description = "What anyone may see, without a token; what participants or the network may see, with one."
                    + " `atLeast` is a `Koinon-Position` of a command's answer: the status is answered once it contains"
                    + " that event, or after two seconds without it and with `Koinon-Position-Reached: false`, which"
                    + " is also the answer for an event of what the caller may not see in this status."
                    + " `asOf` is a moment in the past: the status as it was then follows from the events up to then;"
                    + " who may see what is decided as for today, names of cities, calls and funds are those of today,"
                    + " and a project that was not public then is not shown to the public."
                    + " `Koinon-As-Of` names per topic the time up to which it has been read to its end.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Status.class)))
    @GetMapping("/{id}")
    Object find(
            Actor actor,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String atLeast,
            @Schema(type = "string", format = "date-time") @RequestParam(required = false) @Nullable String asOf,
            RequestConditions conditions,
            HttpServletRequest request)
            throws InterruptedException {
        if (asOf != null) return find(actor, id, moment(asOf, atLeast), conditions);
        if (atLeast == null) return find(actor, id, conditions);
        Position position = Position.parse(atLeast);
        // Runs in another thread, so that waiting requests do not block others.
        return (Callable<ResponseEntity<byte[]>>) () -> {
            request.setAttribute(AsOfFilter.REACHED, awaits(actor, id, position));
            // Read before the status, so that the status is never older than the header says.
            request.setAttribute(AsOfFilter.READ, currentReadModel.asOfHeader());
            return find(actor, id, conditions);
        };
    }

    /// Waits for an event that the caller may see. The answer for any other event takes as long as for one that
    /// never comes, so that its existence stays hidden.
    private boolean awaits(Actor actor, String id, Position position) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        if (currentReadModel.await(position, PATIENCE) && mayKnow(actor, id, position)) return true;
        TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
        return false;
    }

    /// Whether the event belongs to an aggregate that the caller may see in this project; the network may see all
    /// events.
    private boolean mayKnow(Actor actor, String id, Position position) {
        @Nullable RenderedStatus found = statuses.find(id).orElse(null);
        if (found == null) return false;
        Reader reader = Caller.of(actor.mandates()).to(found.involved());
        if (reader.equals(Reader.NETWORK)) return true;
        return found.isVisibleTo(reader) && found.names(position.subject(), reader);
    }

    private ResponseEntity<byte[]> find(Actor actor, String id, RequestConditions conditions) {
        RenderedStatus found = statuses.find(id).orElseThrow(RequestRejected.NotFound::new);
        Reader reader = Caller.of(actor.mandates()).to(found.involved());
        if (!found.isVisibleTo(reader)) throw new RequestRejected.NotFound();
        return found.rendering(reader).answer(conditions);
    }

    private Instant moment(String asOf, @Nullable String atLeast) {
        var parameters = new Parameters();
        Instant moment = Instant.EPOCH;
        try {
            moment = Instant.parse(asOf);
        } catch (DateTimeParseException _) {
            parameters.wrong(
                    "asOf", "validation.as-of-moment", "asOf must be a moment in UTC, such as 2026-06-01T00:00:00Z.");
        }
        if (moment.isAfter(clock.instant()))
            parameters.wrong("asOf", "validation.as-of-future", "asOf must not be in the future.");
        if (atLeast != null)
            parameters.wrong("atLeast", "validation.as-of-at-least", "atLeast cannot be combined with asOf.");
        parameters.check();
        return moment;
    }

    /// The status as it was. Who may see what is decided as for today; what was not public then is not shown.
    private ResponseEntity<byte[]> find(Actor actor, String id, Instant moment, RequestConditions conditions)
            throws InterruptedException {
        RenderedStatus today = statuses.find(id).orElseThrow(RequestRejected.NotFound::new);
        Reader reader = Caller.of(actor.mandates()).to(today.involved());
        if (!today.isVisibleTo(reader)) throw new RequestRejected.NotFound();
        List<EventRecord> events = timelines.upTo(id, moment, MOST_EVENTS + 1);
        if (events.size() > MOST_EVENTS)
            throw new ValidationFailed(
                    "asOf",
                    "validation.as-of-events",
                    "An earlier status follows from at most %s events; this project had more.",
                    "max",
                    MOST_EVENTS);
        RenderedStatus then = statuses.at(id, events, moment)
                .filter(it -> it.isVisibleTo(reader))
                .orElseThrow(RequestRejected.NotFound::new);
        return then.rendering(reader).answer(conditions);
    }
}
