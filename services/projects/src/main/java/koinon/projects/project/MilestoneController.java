package koinon.projects.project;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.Consumer;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Aggregates.Target;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.web.VersionedView;
import koinon.projects.fund.Funders;
import org.jspecify.annotations.Nullable;
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
            @NotNull @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 4)
            BigDecimal achieved,

            @Nullable @Size(max = 2000) String reason) {}

    /// @param due the day wished for
    record Postponing(
            @NotNull LocalDate due,
            @NotBlank @Size(max = 2000) String reason) {}

    record Reason(@NotBlank @Size(max = 2000) String reason) {}

    /// A milestone and how far it is.
    ///
    /// @param weight its part of the tranche that it earns, of 1
    /// @param text what was reported last
    /// @param achieved the part that was verified, 0 to 1
    /// @param reason why in part, returned or withdrawn
    /// @param postponement what the lead wishes and the secretariat has not decided yet
    record Milestone(
            String id,
            long version,
            String title,
            LocalDate due,
            String tranche,
            BigDecimal weight,
            MilestoneProgress.State state,
            @Nullable String text,
            @Nullable BigDecimal achieved,
            @Nullable String reason,
            @Nullable Postponement postponement)
            implements VersionedView {

        static Milestone of(Project project, MilestoneProgress it) {
            return new Milestone(
                    it.planned().id(),
                    project.etag(part(it.planned().id())),
                    it.planned().title(),
                    it.planned().due(),
                    it.planned().tranche(),
                    it.planned().weight(),
                    it.state(),
                    it.text(),
                    it.achieved(),
                    it.reason(),
                    it.postponement() == null
                            ? null
                            : new Postponement(
                                    it.postponement().due(), it.postponement().reason()));
        }
    }

    /// @param due the day wished for
    record Postponement(LocalDate due, String reason) {}

    @GetMapping
    Milestone read(@PathVariable String id, @PathVariable String milestone, By by) {
        Project project = projects.find(id).filter(it -> isVisible(it, by)).orElseThrow(Refused.NotFound::new);
        @Nullable MilestoneProgress found = project.milestones().get(milestone);
        if (found == null) throw new Refused.NotFound();
        return Milestone.of(project, found);
    }

    @PostMapping("/report")
    Answer report(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reporting request, Command command) {
        return change(id, milestone, command, it -> it.report(milestone, request.text(), command.by()));
    }

    @PostMapping("/verification")
    Answer verify(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Verifying request, Command command) {
        @Nullable String reason = request.reason() == null || request.reason().isEmpty() ? null : request.reason();
        return change(
                id, milestone, command, it -> it.verify(milestone, request.achieved(), reason, funders, command.by()));
    }

    @PostMapping("/return")
    Answer giveBack(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reason request, Command command) {
        return change(id, milestone, command, it -> it.giveBack(milestone, request.reason(), funders, command.by()));
    }

    @PostMapping("/verification-withdrawal")
    Answer withdrawVerification(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reason request, Command command) {
        return change(
                id,
                milestone,
                command,
                it -> it.withdrawVerification(milestone, request.reason(), funders, command.by()));
    }

    @PostMapping("/postponement")
    Answer requestPostponement(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Postponing request, Command command) {
        return change(
                id,
                milestone,
                command,
                it -> it.requestPostponement(milestone, request.due(), request.reason(), command.by()));
    }

    @PostMapping("/postponement/agreement")
    Answer agreeToPostponement(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reason request, Command command) {
        return change(id, milestone, command, it -> it.agreeToPostponement(milestone, request.reason(), command.by()));
    }

    @PostMapping("/postponement/refusal")
    Answer refusePostponement(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reason request, Command command) {
        return change(id, milestone, command, it -> it.refusePostponement(milestone, request.reason(), command.by()));
    }

    @PostMapping("/postponement/withdrawal")
    Answer withdrawPostponement(
            @PathVariable String id, @PathVariable String milestone, @RequestBody Reason request, Command command) {
        return change(id, milestone, command, it -> it.withdrawPostponement(milestone, request.reason(), command.by()));
    }

    private Answer change(String id, String milestone, Command command, Consumer<Project> change) {
        Target<Project> target = Target.of(Project.class, id, it -> isVisible(it, command.by()))
                .part(part(milestone), it -> it.milestones().containsKey(milestone));
        return aggregates.change(target, command, change);
    }

    /// The milestones of a project that is not created yet, or in which the caller takes no part, are not there for it.
    private boolean isVisible(Project project, By by) {
        return project.sequence() > 0 && project.hands().isOpenTo(by, funders);
    }

    private static String part(String milestone) {
        return "milestone/" + milestone;
    }
}
