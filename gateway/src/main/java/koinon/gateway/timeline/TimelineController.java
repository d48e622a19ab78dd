package koinon.gateway.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.status.RenderedStatus;
import koinon.gateway.status.Rendering;
import koinon.gateway.status.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers the timeline of a project: the events that the caller may see.
@RestController
class TimelineController {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 200;
    private static final int MOST_TYPES = 50;

    private final TimelineService timelines;
    private final Statuses statuses;
    private final Contracts contracts;

    TimelineController(TimelineService timelines, Statuses statuses, Contracts contracts) {
        this.timelines = timelines;
        this.statuses = statuses;
        this.contracts = contracts;
    }

    /// @param next the value of `after` for the next page; absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<TimelineEntry> items, @Nullable String next) {}

    /// Which of the visible events a caller wants.
    ///
    /// @param types the wanted types; all if empty
    private record Wanted(Set<String> types, @Nullable String actor) {

        boolean matches(TimelineEntry it) {
            return (types.isEmpty() || types.contains(it.type())) && (actor == null || actor.equals(it.actor()));
        }
    }

    /// The events of a project.
    ///
    /// @param order asc for the oldest first, desc for the newest first
    /// @param types only events of these types, `koinon.project.started.v1`; at most 50, separated by commas
    /// @param actor only events of this person, as far as the caller may see who it was
    /// @param after the `next` of the previous page
    @Operation(
            summary = "What happened to a project",
            description =
                    "Every event of its proposal, of itself, of its agreements, and what funds answered it, as far"
                            + " as the caller may see it, the oldest or the newest first; `facts` is the event itself.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @ApiResponse(responseCode = "304", description = "Unchanged since the ETag in If-None-Match.", content = @Content)
    @GetMapping("/api/v1/status/projects/{id}/timeline")
    ResponseEntity<byte[]> timeline(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "asc") String order,
            @RequestParam(required = false) @Nullable List<String> types,
            @RequestParam(name = "actor", required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String after,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = "integer",
                                            format = "int32",
                                            minimum = "1",
                                            maximum = "200",
                                            defaultValue = "100"))
                    @RequestParam(defaultValue = "" + PAGE)
                    String limit,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            HttpServletRequest request)
            throws InterruptedException {
        var parameters = new Parameters();
        TimelineRange.Order direction = parameters.oneOf("order", order, TimelineRange.Order.values());
        var wanted = new Wanted(types(types, parameters), parameters.text("actor", by));
        int size = parameters.number("limit", limit, LARGEST_PAGE);
        parameters.check();
        var range = new TimelineRange(after == null ? "" : decoded(after), direction, size);
        Caller caller = Caller.of(actor.mandates());
        RenderedStatus shown = statuses.find(id)
                .filter(it -> it.isVisibleTo(caller.to(it.involved())))
                .orElseThrow(RequestRejected.NotFound::new);
        return Rendering.json(page(id, caller.to(shown.involved()), shown.isApproved(), wanted, range))
                .answer(known, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    private Set<String> types(@Nullable List<String> wanted, Parameters parameters) {
        List<String> types = parameters.several("types", wanted, MOST_TYPES);
        if (!types.stream().allMatch(contracts::knows))
            parameters.wrong(
                    "types",
                    "validation.event-types",
                    "types must be types of events that are published, separated by commas.");
        return Set.copyOf(types);
    }

    private Page page(String id, Reader reader, boolean approved, Wanted wanted, TimelineRange range)
            throws InterruptedException {
        List<TimelineEntry> allowed = new ArrayList<>();
        String cursor = range.after();
        while (allowed.size() <= range.limit()) {
            List<TimelineEntry> found = timelines.of(id, new TimelineRange(cursor, range.order(), LARGEST_PAGE));
            found.stream()
                    .flatMap(it -> it.shownTo(reader, approved, contracts).stream())
                    .filter(wanted::matches)
                    .forEach(allowed::add);
            if (found.size() < LARGEST_PAGE) break;
            cursor = found.getLast().key();
        }
        List<TimelineEntry> shown = allowed.subList(0, Math.min(allowed.size(), range.limit()));
        return new Page(
                List.copyOf(shown),
                allowed.size() > range.limit() ? encoded(shown.getLast().key()) : null);
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private static ValidationFailed unreadable() {
        return new ValidationFailed(
                "after", "validation.after", "after must be the value of next of the previous page, or absent.");
    }
}
