package koinon.gateway.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.status.RenderedStatus;
import koinon.gateway.status.Rendering;
import koinon.gateway.status.Statuses;
import koinon.http.condition.RequestConditions;
import koinon.http.page.Page.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers the timeline of a project: the events that the caller may see.
@RestController
class TimelineController {

    private static final int READ_AT_ONCE = 200;
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
    private record Selection(Set<String> types, @Nullable String actor) {

        boolean matches(TimelineEntry it) {
            return (types.isEmpty() || types.contains(it.type())) && (actor == null || actor.equals(it.actor()));
        }
    }

    /// The events of a project.
    ///
    /// @param order asc for the oldest first, desc for the newest first
    /// @param types only events of these types, `koinon.project.started.v1`; at most 50, separated by commas
    /// @param actor only events of this person, as far as the caller may see who it was
    @Operation(
            summary = "What happened to a project",
            description =
                    "Every event of its proposal, of itself, of its agreements, and what funds answered it, as far"
                            + " as the caller may see it, the oldest or the newest first; `facts` is the event itself.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @GetMapping("/api/v1/status/projects/{id}/timeline")
    ResponseEntity<byte[]> timeline(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "asc") String order,
            @RequestParam(required = false) @Nullable List<String> types,
            @RequestParam(name = "actor", required = false) @Nullable String by,
            Wanted page,
            RequestConditions conditions,
            HttpServletRequest request)
            throws InterruptedException {
        var parameters = new Parameters();
        TimelineRange.Order direction = parameters.oneOf("order", order, TimelineRange.Order.values());
        var selection = new Selection(types(types, parameters), parameters.text("actor", by));
        parameters.page(page);
        parameters.check();
        @Nullable String after = page.after();
        var range = new TimelineRange(after == null ? "" : after, direction, page.limit());
        Caller caller = Caller.of(actor.mandates());
        RenderedStatus shown = statuses.find(id)
                .filter(it -> it.isVisibleTo(caller.to(it.involved())))
                .orElseThrow(RequestRejected.NotFound::new);
        return Rendering.json(page(id, caller.to(shown.involved()), shown.isApproved(), selection, range, page))
                .answer(conditions, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
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

    private Page page(String id, Reader reader, boolean approved, Selection selection, TimelineRange range, Wanted page)
            throws InterruptedException {
        List<TimelineEntry> allowed = new ArrayList<>();
        String cursor = range.after();
        while (allowed.size() <= range.limit()) {
            List<TimelineEntry> found = timelines.of(id, new TimelineRange(cursor, range.order(), READ_AT_ONCE));
            found.stream()
                    .flatMap(it -> it.shownTo(reader, approved, contracts).stream())
                    .filter(selection::matches)
                    .forEach(allowed::add);
            if (found.size() < READ_AT_ONCE) break;
            cursor = found.getLast().key();
        }
        List<TimelineEntry> shown = allowed.subList(0, Math.min(allowed.size(), range.limit()));
        return new Page(
                List.copyOf(shown),
                allowed.size() > range.limit() ? page.next(shown.getLast().key()) : null);
    }
}
