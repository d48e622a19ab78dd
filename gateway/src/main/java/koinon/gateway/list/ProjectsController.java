package koinon.gateway.list;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.status.Rendering;
import koinon.gateway.status.StatusIndex.Sort;
import koinon.http.condition.RequestConditions;
import koinon.http.page.Page.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Lists cooperation projects from memory, as JSON and as a table.
@RestController
class ProjectsController {

    /// Header of a table that does not contain all projects: how many it contains.
    private static final String TRUNCATED = "Koinon-Truncated";

    private static final MediaType CSV = new MediaType("text", "csv");
    private static final int MOST_ROWS = 10_000;

    private final VisibleProjects projects;
    private final Contracts contracts;

    ProjectsController(VisibleProjects projects, Contracts contracts) {
        this.projects = projects;
        this.contracts = contracts;
    }

    /// Projects that the caller may see.
    ///
    /// @param q words that must all occur in its title, the names of its cities, or an id
    /// @param phase the project's state, or the proposal's state while there is no project
    /// @param call id of its call
    /// @param city id of a partner city
    /// @param funder id of a funder of the project
    /// @param health ON_TRACK, DUE_SOON, OVERDUE or AT_RISK
    /// @param field creative field of a partner city
    /// @param region UNESCO region of a partner city
    /// @param country ISO 3166-1 alpha-2 code of the country of a partner city
    /// @param group id of a group that a partner city is in
    /// @param theme one of its themes
    /// @param sdg number of one of its Sustainable Development Goals
    /// @param sort id, title, deadline, updated or health
    @Operation(
            summary = "Projects that the caller may see",
            description =
                    "Filtered by all given filters; a page at a time, sorted by id, title, deadline, updated or health."
                            + " The order of `sort=id` stands still while pages are read, so that no project is missed. The"
                            + " others move: with `sort=updated`, the usual one, a project that changes meanwhile comes to"
                            + " the first page. Titles are sorted as the root of Unicode's collation sorts them."
                            + " `q` searches titles, names of cities and ids, without regard to case and accents. `facets` counts"
                            + " the values of each filter, with all other filters applied. With `Accept: text/csv` all pages at"
                            + " once as a table, at most 10,000 projects; `Koinon-Truncated` says if there are more.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = StatusQuery.Page.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @GetMapping("/api/v1/status/projects")
    ResponseEntity<byte[]> list(
            Actor actor,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String phase,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String funder,
            @RequestParam(required = false) @Nullable String health,
            @RequestParam(required = false) @Nullable String field,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable String country,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(required = false) @Nullable String theme,
            @Parameter(schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "17"))
                    @RequestParam(required = false)
                    @Nullable
                    String sdg,
            @RequestParam(defaultValue = "updated") String sort,
            Wanted page,
            RequestConditions conditions,
            HttpServletRequest request) {
        var parameters = new Parameters();
        var wanted = new Filters.Builder(parameters)
                .search(q)
                .phase(phase)
                .facet(Facet.CALL, call)
                .city(city)
                .facet(Facet.FUNDER, funder)
                .health(health)
                .facet(Facet.FIELD, field)
                .facet(Facet.REGION, region)
                .country(country)
                .group(group, projects::group)
                .theme(theme)
                .sdg(sdg);
        Sort order = parameters.oneOf("sort", sort, Sort.values());
        parameters.page(page);
        boolean isTable = wantsTable(request.getHeader(HttpHeaders.ACCEPT));
        for (String it : Wanted.PARAMETERS)
            if (isTable && request.getParameter(it) != null)
                parameters.wrong(
                        it,
                        "validation.table-pages",
                        "A table has all pages at once. Leave %s out, or ask for JSON.",
                        "parameter",
                        it);
        Filters filters = wanted.build();
        Caller caller = Caller.of(actor.mandates());
        var headers = new HttpHeaders();
        headers.setVary(List.of(HttpHeaders.ACCEPT));
        String encodings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (isTable)
            return table(new StatusQuery(filters, order, null, MOST_ROWS), caller, headers)
                    .answer(new MediaType(CSV, StandardCharsets.UTF_8), conditions, encodings, headers);
        return Rendering.json(projects.page(new StatusQuery(filters, order, page), caller))
                .answer(MediaType.APPLICATION_JSON, conditions, encodings, headers);
    }

    private Rendering table(StatusQuery query, Caller caller, HttpHeaders headers) {
        headers.set(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"projects.csv\"");
        List<VisibleProjects.Visible> found = projects.first(query, caller);
        if (found.size() > MOST_ROWS) headers.set(TRUNCATED, String.valueOf(MOST_ROWS));
        var table = new CsvTable();
        found.stream().limit(MOST_ROWS).forEach(it -> table.add(it, contracts));
        return Rendering.of(table.bytes());
    }

    /// Whether the caller prefers a table to JSON.
    private static boolean wantsTable(@Nullable String accept) {
        if (accept == null) return false;
        try {
            return MediaType.parseMediaTypes(accept).stream()
                    .filter(it -> it.getQualityValue() > 0)
                    .filter(it -> it.includes(CSV) || it.includes(MediaType.APPLICATION_JSON))
                    .reduce((best, it) -> it.getQualityValue() > best.getQualityValue() ? it : best)
                    .filter(it -> !it.includes(MediaType.APPLICATION_JSON))
                    .isPresent();
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }
}
