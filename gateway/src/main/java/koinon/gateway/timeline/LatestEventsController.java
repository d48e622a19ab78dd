package koinon.gateway.timeline;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.Rendering;
import koinon.gateway.status.StatusIndex;
import koinon.gateway.status.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers the latest public events of all projects, the same to everybody.
@RestController
class LatestEventsController {

    private static final int USUAL = 10;
    private static final int MOST = 50;
    /// Upper bound of the events of one project that are looked at.
    private static final int OF_PROJECT = 200;

    private static final Comparator<Latest> NEWEST_FIRST =
            Comparator.comparing((Latest it) -> it.entry().key()).reversed();

    private final TimelineService timelines;
    private final Statuses statuses;
    private final Contracts contracts;

    LatestEventsController(TimelineService timelines, Statuses statuses, Contracts contracts) {
        this.timelines = timelines;
        this.statuses = statuses;
        this.contracts = contracts;
    }

    /// The latest events, the newest first.
    record Events(List<Latest> items) {}

    /// An event and its project.
    ///
    /// @param project its id and title
    record Latest(@JsonUnwrapped TimelineEntry entry, OfProject project) {

        /// The project of an event.
        record OfProject(String id, String title) {}
    }

    /// The latest public events of all projects.
    @Operation(
            summary = "What happened last, in all projects",
            description =
                    "The latest public events of all approved projects, the newest first, as anyone may see them.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Events.class)))
    @ApiResponse(responseCode = "304", description = "Unchanged since the ETag in If-None-Match.", content = @Content)
    @GetMapping("/api/v1/status/events")
    ResponseEntity<byte[]> events(
            @RequestParam(defaultValue = "" + USUAL) int limit,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            HttpServletRequest request)
            throws InterruptedException {
        var parameters = new Parameters();
        int most = parameters.number("limit", limit, MOST);
        parameters.check();
        return Rendering.json(new Events(latest(most))).answer(known, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    /// Looks at the projects by their last public event, the latest first, until no other can have a later one.
    List<Latest> latest(int most) throws InterruptedException {
        Iterator<IndexEntry> projects =
                statuses.index().after(StatusIndex.Sort.UPDATED, null, StatusIndex.IndexBucket::approved);
        List<Latest> found = new ArrayList<>();
        Set<String> looked = new HashSet<>();
        while (projects.hasNext()) {
            IndexEntry it = projects.next();
            // A project that changes meanwhile can come twice.
            if (!looked.add(it.item().id())) continue;
            if (found.size() == most
                    && found.getLast().entry().at().isAfter(it.item().updated())) break;
            found.addAll(of(it));
            found.sort(NEWEST_FIRST);
            if (found.size() > most) found.subList(most, found.size()).clear();
        }
        return found;
    }

    private List<Latest> of(IndexEntry project) throws InterruptedException {
        var of = new Latest.OfProject(project.item().id(), project.item().title());
        return timelines.of(of.id(), TimelineRange.first(TimelineRange.Order.DESC, OF_PROJECT)).stream()
                .flatMap(it -> it.shownTo(Reader.ANYONE, true, contracts).stream())
                .map(it -> new Latest(it, of))
                .toList();
    }
}
