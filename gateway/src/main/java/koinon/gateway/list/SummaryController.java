package koinon.gateway.list;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import koinon.eventing.actor.Actor;
import koinon.gateway.audience.Caller;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.status.Rendering;
import koinon.http.condition.RequestConditions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers figures and cooperation of all projects that the caller may see, from memory.
@RestController
class SummaryController {

    private static final int USUAL_PAIRS = 120;

    private final VisibleProjects projects;

    SummaryController(VisibleProjects projects) {
        this.projects = projects;
    }

    /// Figures of the projects that the caller may see.
    ///
    /// @param call id of their call
    /// @param funder id of a funder
    /// @param city id of a partner city
    /// @param field creative field of a partner city
    /// @param region UNESCO region of a partner city
    /// @param group id of a group that a partner city is in
    @Operation(
            summary = "Figures of the projects that the caller may see",
            description =
                    "How many there are, by phase, health, creative field, region and Sustainable Development Goal;"
                            + " their cities and countries; their sums, one item per currency, because currencies are never"
                            + " added. A project counts once for each field, region and goal that it has.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Summary.class)))
    @GetMapping("/api/v1/status/summary")
    ResponseEntity<byte[]> summary(
            Actor actor,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String funder,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String field,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable String group,
            RequestConditions conditions,
            HttpServletRequest request) {
        Filters filters = new Filters.Builder(new Parameters())
                .facet(Facet.CALL, call)
                .facet(Facet.FUNDER, funder)
                .city(city)
                .facet(Facet.FIELD, field)
                .facet(Facet.REGION, region)
                .group(group, projects::group)
                .build();
        return Rendering.json(projects.summary(filters, Caller.of(actor.mandates())))
                .answer(conditions, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    /// Which cities work together in the projects that the caller may see.
    ///
    /// @param top upper bound of the pairs
    /// @param call id of the projects' call
    /// @param city id of a partner city of the projects
    /// @param field creative field of a partner city of the projects
    /// @param region UNESCO region of a partner city of the projects
    /// @param group id of a group that a partner city of the projects is in
    @Operation(
            summary = "Which cities work together",
            description =
                    "The partner cities of all projects that the caller may see, with their place, and the pairs of"
                            + " cities with most projects together, at most `top` of them.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Cooperation.class)))
    @GetMapping("/api/v1/status/cooperation")
    ResponseEntity<byte[]> cooperation(
            Actor actor,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = "integer",
                                            format = "int32",
                                            minimum = "1",
                                            maximum = "500",
                                            defaultValue = "120"))
                    @RequestParam(defaultValue = "" + USUAL_PAIRS)
                    String top,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String field,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable String group,
            RequestConditions conditions,
            HttpServletRequest request) {
        var parameters = new Parameters();
        int pairs = parameters.number("top", top, Cooperation.MOST_PAIRS);
        Filters filters = new Filters.Builder(parameters)
                .facet(Facet.CALL, call)
                .city(city)
                .facet(Facet.FIELD, field)
                .facet(Facet.REGION, region)
                .group(group, projects::group)
                .build();
        return Rendering.json(projects.cooperation(filters, Caller.of(actor.mandates()))
                        .top(pairs))
                .answer(conditions, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }
}
