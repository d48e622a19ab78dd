package koinon.gateway.store;

import io.swagger.v3.oas.annotations.tags.Tag;
import koinon.platform.model.By;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// For the people who operate the gateway: builds its statuses and timelines anew beside those that serve.
@Tag(name = "operations")
@RestController
@RequestMapping("/operations/rebuild")
class RebuildController {

    private final Rebuild rebuild;
    private final String operator;

    /// @param operator the mandate that operates the gateway, `<role>@<scope>`
    RebuildController(Rebuild rebuild, @Value("${koinon.operator:operator@network}") String operator) {
        this.rebuild = rebuild;
        this.operator = operator;
    }

    /// How far the last one is that this copy was asked for.
    @GetMapping
    Rebuild.Report report(By by) {
        var _ = by.as(operator);
        return rebuild.report();
    }

    /// Starts one, and answers at once.
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Rebuild.Report start(By by) {
        var _ = by.as(operator);
        rebuild.start();
        return rebuild.report();
    }
}
