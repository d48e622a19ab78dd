package koinon.gateway.store;

import io.swagger.v3.oas.annotations.tags.Tag;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// For operators: rebuilds statuses and timelines beside those in use.
@Tag(name = "operations")
@RestController
@RequestMapping("/operations/rebuild")
class RebuildController {

    private final Rebuild rebuild;
    private final Right operator;

    /// @param operator the right to operate the gateway, `<role>@<scope>`
    RebuildController(Rebuild rebuild, @Value("${koinon.operator:operator@network}") Right operator) {
        this.rebuild = rebuild;
        this.operator = operator;
    }

    /// The progress of the last rebuild that this instance started.
    @GetMapping
    Rebuild.Report report(Actor actor) {
        var _ = actor.as(operator);
        return rebuild.report();
    }

    /// Starts a rebuild and returns at once.
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Rebuild.Report start(Actor actor) {
        var _ = actor.as(operator);
        rebuild.start();
        return rebuild.report();
    }
}
