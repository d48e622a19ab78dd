package koinon.gateway.outcome;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.gateway.audience.Caller;
import koinon.gateway.gathering.GatheringProjection;
import koinon.gateway.gathering.IdeaProjection;
import koinon.gateway.list.VisibleProjects;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.status.Rendering;
import koinon.http.condition.RequestConditions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Answers what came of a gathering, from memory.
@RestController
class OutcomesController {

    private final CurrentReadModel current;
    private final VisibleProjects projects;
    private final Clock clock;

    OutcomesController(CurrentReadModel current, VisibleProjects projects, Clock clock) {
        this.current = current;
        this.projects = projects;
        this.clock = clock;
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
        return Rendering.json(outcome(id, Caller.of(actor.mandates())))
                .answer(conditions, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    private Outcome outcome(String id, Caller caller) {
        ReadModel readModel = current.readModel();
        if (!(state(readModel, "gathering/" + id) instanceof GatheringProjection gathering))
            throw new RequestRejected.NotFound();
        List<String> ideas = readModel.ideasOf(id);
        VisibleProjects.Selection all = projects.naming(
                Stream.concat(Stream.of("gathering/" + id), ideas.stream().map(it -> "idea/" + it))
                        .toList(),
                caller);
        String state = gathering.networkLifecycle().state();
        return new Outcome(
                id,
                gathering.kind(),
                gathering.title(),
                state,
                gathering.isToBeConfirmed(clock.instant()),
                readModel.directory().city(gathering.city()),
                gathering.first(),
                gathering.last(),
                ideas.stream()
                        .flatMap(it -> Stream.ofNullable(idea(readModel, gathering, it, caller)))
                        .toList(),
                all.items(),
                all.money());
    }

    /// An idea; absent if the caller may not see it.
    private Outcome.@Nullable Idea idea(ReadModel readModel, GatheringProjection gathering, String id, Caller caller) {
        if (!(state(readModel, "idea/" + id) instanceof IdeaProjection idea)) return null;
        VisibleProjects.Selection takenUp = projects.naming(List.of("idea/" + id), caller);
        if (!caller.isMember() && takenUp.items().isEmpty()) return null;
        return new Outcome.Idea(
                id,
                idea.title(),
                idea.networkLifecycle().state(),
                readModel.directory().city(idea.city()),
                idea.session() == null ? null : gathering.session(idea.session()),
                takenUp.items().stream().map(it -> it.id()).toList());
    }

    private static @Nullable Object state(ReadModel readModel, String subject) {
        var aggregate = readModel.aggregate(subject);
        return aggregate == null ? null : aggregate.state();
    }
}
