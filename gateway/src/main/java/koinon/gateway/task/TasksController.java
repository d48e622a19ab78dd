package koinon.gateway.task;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import koinon.eventing.actor.Actor;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.status.Rendering;
import koinon.http.condition.RequestConditions;
import koinon.http.page.Page.Wanted;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers what waits for the caller, from memory.
@RestController
class TasksController {

    private final Tasks tasks;

    TasksController(Tasks tasks) {
        this.tasks = tasks;
    }

    /// What can be done now, by the caller or by others.
    ///
    /// @param mine what the caller can do; `false`: what others have to do in the projects of the caller
    @Operation(
            summary = "What waits for the caller",
            description =
                    "The next actions that the caller can take now under one of its mandates, in all projects, calls and"
                            + " gatherings: the earliest due first, then what has waited longest. With `mine=false`, what"
                            + " others have to do in the projects of the caller. `amounts` is the money that depends on the"
                            + " action.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Task.Page.class)))
    @GetMapping("/api/v1/status/tasks")
    ResponseEntity<byte[]> tasks(
            Actor actor,
            @Parameter(schema = @Schema(type = "boolean", defaultValue = "true")) @RequestParam(defaultValue = "true")
                    String mine,
            Wanted page,
            RequestConditions conditions,
            HttpServletRequest request) {
        var parameters = new Parameters();
        if (!mine.equals("true") && !mine.equals("false"))
            parameters.wrong(
                    "mine",
                    "validation.parameter-one-of",
                    "%s must be one of %s.",
                    "parameter",
                    "mine",
                    "allowed",
                    "true, false");
        parameters.page(page);
        parameters.check();
        return Rendering.json(tasks.page(actor, mine.equals("true"), page))
                .answer(conditions, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }
}
