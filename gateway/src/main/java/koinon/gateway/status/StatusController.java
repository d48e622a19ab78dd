package koinon.gateway.status;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.part.ProjectPart;
import koinon.gateway.part.ProposalPart;
import koinon.gateway.picture.Reading;
import koinon.platform.document.EventJson;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
import koinon.platform.model.Position;
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

/// How every cooperation project stands, from memory.
@RestController
@RequestMapping("/api/v1/status/projects")
class StatusController {

    // It answers within two seconds, and has to look and send after it has waited.
    private static final Duration PATIENCE = Duration.ofMillis(1700);
    private static final Set<String> PHASES = Stream.<Enum<?>>concat(
                    Stream.of(ProposalPart.State.values()), Stream.of(ProjectPart.State.values()))
            .map(Enum::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    private final Statuses statuses;
    private final Reading reading;

    StatusController(Statuses statuses, Reading reading) {
        this.statuses = statuses;
        this.reading = reading;
    }

    /// Projects that the caller may see.
    ///
    /// @param phase the project's state, or the proposal's before there is one
    /// @param call id of its call
    /// @param city id of a partner city
    /// @param funder id of a funder with an agreement in it
    /// @param health ON_TRACK, DUE_SOON, OVERDUE or AT_RISK
    /// @param sort title, deadline, updated or health
    @Operation(
            summary = "Projects that the caller may see",
            description = "Filtered by phase, call, partner city, funder and health; sorted by title, deadline, updated"
                    + " or health; a page at a time.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Listing.Page.class)))
    @ApiResponse(responseCode = "304", description = "Unchanged since the ETag in If-None-Match.", content = @Content)
    @GetMapping
    ResponseEntity<byte[]> list(
            By by,
            @RequestParam(required = false) @Nullable String phase,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String funder,
            @RequestParam(required = false) @Nullable String health,
            @RequestParam(defaultValue = "updated") String sort,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "" + PAGE) int limit,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        var wrong = new ArrayList<Invalid.Violation>();
        if (limit < 1 || limit > LARGEST_PAGE)
            wrong.add(new Invalid.Violation("limit", "limit must be between 1 and " + LARGEST_PAGE + "."));
        Status.Health.@Nullable Level level =
                health == null ? null : one(Status.Health.Level.class, "health", health, wrong);
        Listing.@Nullable Sort order = one(Listing.Sort.class, "sort", sort, wrong);
        if (phase != null && !PHASES.contains(phase.toUpperCase(Locale.ROOT))) wrong.add(not("phase", PHASES.stream()));
        if (order == null || !wrong.isEmpty()) throw new Invalid(wrong);
        var listing = new Listing(
                phase == null ? null : phase.toUpperCase(Locale.ROOT), call, city, funder, level, order, after, limit);
        Caller caller = Caller.of(by.mandates());
        Listing.Page page = listing.of(statuses.lines(listing, caller), caller);
        return answer(Shown.Rendering.of(EventJson.mapper().writeValueAsBytes(page)), known);
    }

    /// One project's status: at once, or from a thread that waits.
    ///
    /// @param atLeast a position of what the caller may see, waited for up to two seconds
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
            By by,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String atLeast,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            HttpServletRequest request) {
        if (atLeast == null) return find(by, id, known);
        Position position = Position.parse(atLeast);
        // In a thread of its own: who waits keeps no other request from being answered.
        return (Callable<ResponseEntity<byte[]>>) () -> {
            request.setAttribute(AsOf.REACHED, awaits(by, id, position));
            // Before looking: what is answered is never older than it says.
            request.setAttribute(AsOf.READ, reading.asOfHeader());
            return find(by, id, known);
        };
    }

    /// Waits for an event that the caller may know of. Any other is answered like one that never comes, and as late.
    private boolean awaits(By by, String id, Position position) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        if (reading.await(position, PATIENCE) && mayKnow(by, id, position)) return true;
        TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
        return false;
    }

    /// Whether it is an event of what the caller is shown of this project; the network may know of all events.
    private boolean mayKnow(By by, String id, Position position) {
        @Nullable Shown found = statuses.find(id).orElse(null);
        if (found == null) return false;
        Reader reader = Caller.of(by.mandates()).to(found.involved());
        if (reader.equals(Reader.NETWORK)) return true;
        return found.isVisibleTo(reader) && found.names(position.subject(), reader);
    }

    private ResponseEntity<byte[]> find(By by, String id, @Nullable String known) {
        Shown found = statuses.find(id).orElseThrow(Refused.NotFound::new);
        Reader reader = Caller.of(by.mandates()).to(found.involved());
        if (!found.isVisibleTo(reader)) throw new Refused.NotFound();
        return answer(found.rendering(reader), known);
    }

    private static ResponseEntity<byte[]> answer(Shown.Rendering rendering, @Nullable String known) {
        boolean same = rendering.isAmong(known);
        var answer = ResponseEntity.status(same ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy(HttpHeaders.AUTHORIZATION, "Koinon-Mandate")
                .eTag(rendering.etag());
        return same
                ? answer.build()
                : answer.contentType(MediaType.APPLICATION_JSON).body(rendering.bytes());
    }

    private static <E extends Enum<E>> @Nullable E one(
            Class<E> type, String parameter, String value, List<Invalid.Violation> wrong) {
        for (E it : type.getEnumConstants()) if (it.name().equalsIgnoreCase(value)) return it;
        wrong.add(not(parameter, Stream.of(type.getEnumConstants()).map(Enum::name)));
        return null;
    }

    private static Invalid.Violation not(String parameter, Stream<String> known) {
        return new Invalid.Violation(
                parameter,
                parameter + " must be one of "
                        + known.map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.joining(", ")) + ".");
    }
}
