package koinon.gateway.status;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.EventJson;
import koinon.eventing.model.Position;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.lifecycle.StateFlags;
import koinon.gateway.readmodel.CurrentReadModel;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers statuses of cooperation projects from memory.
@RestController
@RequestMapping("/api/v1/status/projects")
class StatusController {

    // The whole answer must take at most two seconds; the rest is for deriving and sending it.
    private static final Duration PATIENCE = Duration.ofMillis(1700);
    private static final Set<String> PHASES = StateFlags.published().names("proposal", "project");
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    private final Statuses statuses;
    private final CurrentReadModel currentReadModel;

    StatusController(Statuses statuses, CurrentReadModel currentReadModel) {
        this.statuses = statuses;
        this.currentReadModel = currentReadModel;
    }

    /// Projects that the caller may see.
    ///
    /// @param phase the project's state, or the proposal's state while there is no project
    /// @param call id of its call
    /// @param city id of a partner city
    /// @param funder id of a funder with an agreement in the project
    /// @param health ON_TRACK, DUE_SOON, OVERDUE or AT_RISK
    /// @param sort title, deadline, updated or health
    @Operation(
            summary = "Projects that the caller may see",
            description = "Filtered by phase, call, partner city, funder and health; sorted by title, deadline, updated"
                    + " or health; a page at a time.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StatusQuery.Page.class)))
    @ApiResponse(responseCode = "304", description = "Unchanged since the ETag in If-None-Match.", content = @Content)
    @GetMapping
    ResponseEntity<byte[]> list(
            Actor actor,
            @RequestParam(required = false) @Nullable String phase,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String funder,
            @RequestParam(required = false) @Nullable String health,
            @RequestParam(defaultValue = "updated") String sort,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "" + PAGE) int limit,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        var wrong = new ArrayList<ValidationFailed.Violation>();
        if (limit < 1 || limit > LARGEST_PAGE)
            wrong.add(new ValidationFailed.Violation(
                    "limit", "validation.limit", "limit must be between 1 and %s.", "max", LARGEST_PAGE));
        Status.Health.@Nullable Level level =
                health == null ? null : one(Status.Health.Level.class, "health", health, wrong);
        StatusQuery.@Nullable Sort order = one(StatusQuery.Sort.class, "sort", sort, wrong);
        if (phase != null && !PHASES.contains(phase.toUpperCase(Locale.ROOT))) wrong.add(not("phase", PHASES.stream()));
        if (order == null || !wrong.isEmpty()) throw new ValidationFailed(wrong);
        var query = new StatusQuery(
                phase == null ? null : phase.toUpperCase(Locale.ROOT), call, city, funder, level, order, after, limit);
        Caller caller = Caller.of(actor.mandates());
        StatusQuery.Page page = query.of(statuses.entries(query, caller), caller);
        return answer(RenderedStatus.Rendering.of(EventJson.mapper().writeValueAsBytes(page)), known);
    }

    /// The status of one project: immediately, or from another thread if it has to wait.
    ///
    /// @param atLeast position of an event that the answer must contain; waited for up to two seconds
    @Operation(
            summary = "The status of one project",
            description = "What anyone may see, without a token; what participants or the network may see, with one."
                    + " `atLeast` is a `Koinon-Position` of a command's answer: the status is answered once it contains"
                    + " that event, or after two seconds without it and with `Koinon-Position-Reached: false`, which"
                    + " is also the answer for an event of what the caller may not see in this status."
                    + " `Koinon-As-Of` names per topic the time up to which it has been read to its end.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Status.class)))
    @ApiResponse(responseCode = "304", description = "Unchanged since the ETag in If-None-Match.", content = @Content)
    @GetMapping("/{id}")
    Object find(
            Actor actor,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String atLeast,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            HttpServletRequest request) {
        if (atLeast == null) return find(actor, id, known);
        Position position = Position.parse(atLeast);
        // Runs in another thread, so that waiting requests do not block others.
        return (Callable<ResponseEntity<byte[]>>) () -> {
            request.setAttribute(AsOfFilter.REACHED, awaits(actor, id, position));
            // Read before the status, so that the status is never older than the header says.
            request.setAttribute(AsOfFilter.READ, currentReadModel.asOfHeader());
            return find(actor, id, known);
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

    private ResponseEntity<byte[]> find(Actor actor, String id, @Nullable String known) {
        RenderedStatus found = statuses.find(id).orElseThrow(RequestRejected.NotFound::new);
        Reader reader = Caller.of(actor.mandates()).to(found.involved());
        if (!found.isVisibleTo(reader)) throw new RequestRejected.NotFound();
        return answer(found.rendering(reader), known);
    }

    private static ResponseEntity<byte[]> answer(RenderedStatus.Rendering rendering, @Nullable String known) {
        boolean same = rendering.isAmong(known);
        var answer = ResponseEntity.status(same ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy(HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE, "Koinon-Mandate")
                .eTag(rendering.etag());
        return same
                ? answer.build()
                : answer.contentType(MediaType.APPLICATION_JSON).body(rendering.bytes());
    }

    private static <E extends Enum<E>> @Nullable E one(
            Class<E> type, String parameter, String value, List<ValidationFailed.Violation> wrong) {
        for (E it : type.getEnumConstants()) if (it.name().equalsIgnoreCase(value)) return it;
        wrong.add(not(parameter, Stream.of(type.getEnumConstants()).map(Enum::name)));
        return null;
    }

    private static ValidationFailed.Violation not(String parameter, Stream<String> known) {
        return new ValidationFailed.Violation(
                parameter,
                "validation.parameter-one-of",
                "%s must be one of %s.",
                "parameter",
                parameter,
                "allowed",
                known.map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.joining(", ")));
    }
}
