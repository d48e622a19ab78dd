package koinon.gateway.outcome;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.gateway.audience.Caller;
import koinon.gateway.status.Rendering;
import koinon.http.condition.RequestConditions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Answers what came of a gathering, from memory.
@RestController
class OutcomesController {

    private final Outcomes outcomes;

    OutcomesController(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    /// What came of a gathering.
    ///
    /// @param id of the gathering
    @Operation(
            summary = "What came of a gathering",
            description =
                    "The ideas that were raised in it, the proposals and projects that took them up or name the gathering"
                            + " as their origin, and the money of these projects, each as far as the caller may see it.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Outcome.class)))
    @GetMapping("/api/v1/status/gatherings/{id}")
    ResponseEntity<byte[]> outcome(
            Actor actor, @PathVariable String id, RequestConditions conditions, HttpServletRequest request) {
        return Rendering.json(outcomes.of(id, Caller.of(actor.mandates())).orElseThrow(RequestRejected.NotFound::new))
                .answer(conditions, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }
}
