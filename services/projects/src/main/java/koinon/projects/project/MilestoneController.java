package koinon.projects.project;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.function.Consumer;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.web.Answers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The milestones of a project over HTTP; each has an ETag of its own.
@RestController
@RequestMapping("/api/v1/projects/{id}/milestones/{milestone}")
final class MilestoneController {

    private final Projects projects;
    private final Funders funders;
    private final Aggregates aggregates;

    MilestoneController(Projects projects, Funders funders, Aggregates aggregates) {
        this.projects = projects;
        this.funders = funders;
        this.aggregates = aggregates;
    }

    /// @param text what was done
    record Reporting(@NotBlank @Size(max = 20_000) String text) {}

    /// @param achieved the part that was reached, 0 to 1, at most four decimals
    /// @param reason needed when that is less than 1
    record Verifying(
            @NotNull BigDecimal achieved,
            @Nullable @Size(max = 2000) String reason) {}

    record Reason(@NotBlank @Size(max = 2000) String reason) {}

    @GetMapping
    ResponseEntity<ProjectController.Milestone> read(@PathVariable String id, @PathVariable String milestone, By by) {
        Project project =
                projects.find(id).filter(it -> it.isOpenTo(by, funders)).orElseThrow(Refused.NotFound::new);
        @Nullable MilestoneProgress found = project.milestones().get(milestone);
        if (found == null) throw new Refused.NotFound();
        return Answers.read(project.etag(part(milestone)), ProjectController.Milestone.of(found));
    }

    @PostMapping("/report")
    Answer report(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reporting request, Command command) {
        return change(
                id,
                milestone,
                command,
                it -> it.report(milestone, request.text().strip(), command.by()));
    }

    @PostMapping("/verification")
    Answer verify(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Verifying request, Command command) {
        @Nullable
        String reason = request.reason() == null || request.reason().isBlank()
                ? null
                : request.reason().strip();
        return change(
                id, milestone, command, it -> it.verify(milestone, request.achieved(), reason, funders, command.by()));
    }

    @PostMapping("/return")
    Answer giveBack(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reason request, Command command) {
        return change(
                id,
                milestone,
                command,
                it -> it.giveBack(milestone, request.reason().strip(), funders, command.by()));
    }

    @PostMapping("/verification-withdrawal")
    Answer withdrawVerification(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reason request, Command command) {
        return change(
                id,
                milestone,
                command,
                it -> it.withdrawVerification(milestone, request.reason().strip(), funders, command.by()));
    }

    private Answer change(String id, String milestone, Command command, Consumer<Project> change) {
        return aggregates.change(Project.class, id, part(milestone), command, it -> {
            if (!it.milestones().containsKey(milestone)) throw new Refused.NotFound();
            change.accept(it);
        });
    }

    private static String part(String milestone) {
        return "milestone/" + milestone;
    }
}
