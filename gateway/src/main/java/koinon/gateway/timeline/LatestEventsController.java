package koinon.gateway.timeline;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.status.Rendering;
import koinon.http.condition.RequestConditions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers the latest public events of all projects, the same to everybody.
@RestController
class LatestEventsController {

    private static final int USUAL = 10;
    private static final int MOST = 50;

    private final LatestEvents events;

    LatestEventsController(LatestEvents events) {
        this.events = events;
    }

    /// The latest events, the newest first.
    record Events(List<LatestEvents.Event> items) {}

    /// The latest public events of all projects.
    @Operation(
            summary = "What happened last, in all projects",
            description =
                    "The latest public events of all approved projects, the newest first, as anyone may see them.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Events.class)))
    @GetMapping("/api/v1/status/events")
    ResponseEntity<byte[]> events(
            @Parameter(
                            schema =
                                    @Schema(
                                            type = "integer",
                                            format = "int32",
                                            minimum = "1",
                                            maximum = "50",
                                            defaultValue = "10"))
                    @RequestParam(defaultValue = "" + USUAL)
                    String limit,
            RequestConditions conditions,
            HttpServletRequest request)
            throws InterruptedException {
        var parameters = new Parameters();
        int most = parameters.number("limit", limit, MOST);
        parameters.check();
        return Rendering.json(new Events(events.latest(most)))
                .answer(conditions, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }
}
