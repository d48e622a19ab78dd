package koinon.projects.project;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.eventing.rule.Bounds;
import koinon.http.constraint.MultiLine;
import koinon.http.web.VersionedView;
import koinon.projects.ReasonRequest;
import koinon.projects.project.event.Evidence;
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
final class MilestonesController {

    private final Projects projects;
    private final Aggregates aggregates;

    MilestonesController(Projects projects, Aggregates aggregates) {
        this.projects = projects;
        this.aggregates = aggregates;
    }

    /// A document that lies elsewhere.
    ///
    /// @param link https
    /// @param checksum SHA-256 of its content as 64 digits 0-9 and a-f
    /// @param mediaType such as `application/pdf`
    record EvidenceRequest(
            @NotBlank @Size(max = Evidence.LONGEST_TITLE) String title,
            @NotBlank @Size(max = Bounds.LONGEST_LINK) String link,

            @Nullable @Size(max = 64) @Pattern(regexp = Bounds.CHECKSUM)
            String checksum,

            @Nullable @Size(max = Bounds.LONGEST_MEDIA_TYPE) String mediaType) {

        Evidence evidence() {
            return new Evidence(title, link, checksum, mediaType);
        }
    }

    /// @param text what was done
    /// @param evidence documents that show it; they are seen by those who see the text
    record ReportRequest(
            @MultiLine @NotBlank @Size(max = 20_000) String text,
            @Nullable @Size(max = Evidence.MOST) List<@NotNull @Valid EvidenceRequest> evidence) {

        Evidence[] entered() {
            return evidence == null
                    ? new Evidence[0]
                    : evidence.stream().map(EvidenceRequest::evidence).toArray(Evidence[]::new);
        }
    }

    /// @param achieved fraction achieved, 0 to 1, at most four decimals
    /// @param reason required when the fraction is less than 1
    record VerificationRequest(
            @NotNull @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 4)
            BigDecimal achieved,

            @MultiLine @Nullable @Size(max = 2000) String reason) {}

    /// @param due the requested day
    record PostponementRequest(
            @NotNull LocalDate due,
            @MultiLine @NotBlank @Size(max = 2000) String reason) {}

    /// A milestone with its progress.
    ///
    /// @param dueAt when that day ends in the project's zone
    /// @param weight whole number, a ratio among the milestones of its tranche
    /// @param text text of the latest report
    /// @param evidence documents of the latest report
    /// @param achieved fraction verified, 0 to 1
    /// @param reason why it was verified in part or returned, or why its verification was withdrawn
    /// @param postponement the lead's request that the secretariat has not decided
    record Milestone(
            String id,
            long version,
            String title,
            LocalDate due,
            Instant dueAt,
            String tranche,
            Integer weight,
            MilestoneProgress.State state,
            @Nullable String text,
            List<Evidence> evidence,
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
                    endOf(it.planned().due(), project),
                    it.planned().tranche(),
                    it.planned().weight(),
                    it.state(),
                    it.text(),
                    it.evidence(),
                    it.achieved(),
                    it.reason(),
                    it.postponement() == null
                            ? null
                            : new Postponement(
                                    it.postponement().due(),
                                    endOf(it.postponement().due(), project),
                                    it.postponement().reason()));
        }

        private static Instant endOf(LocalDate day, Project project) {
            return day.plusDays(1).atStartOfDay(project.zone()).toInstant();
        }
    }

    /// @param due the requested day
    /// @param dueAt when that day ends in the project's zone
    record Postponement(LocalDate due, Instant dueAt, String reason) {}

    @GetMapping
    Milestone read(@PathVariable String id, @PathVariable String milestone, Actor by) {
        Project project = projects.find(id).filter(it -> isVisible(it, by)).orElseThrow(RequestRejected.NotFound::new);
        @Nullable MilestoneProgress found = project.milestones().get(milestone);
        if (found == null) throw new RequestRejected.NotFound();
        return Milestone.of(project, found);
    }

    @PostMapping("/report")
    CommandResult report(
            @PathVariable String id,
            @PathVariable String milestone,
            @RequestBody ReportRequest request,
            Command command) {
        return change(
                id, milestone, command, it -> it.report(milestone, request.text(), command.by(), request.entered()));
    }

    @PostMapping("/verification")
    CommandResult verify(
            @PathVariable String id,
            @PathVariable String milestone,
            @RequestBody VerificationRequest request,
            Command command) {
        @Nullable String reason = request.reason() == null || request.reason().isEmpty() ? null : request.reason();
        return change(id, milestone, command, it -> it.verify(milestone, request.achieved(), reason, command.by()));
    }

    @PostMapping("/return")
    CommandResult returnForCorrection(
            @PathVariable String id,
            @PathVariable String milestone,
            @RequestBody ReasonRequest request,
            Command command) {
        return change(id, milestone, command, it -> it.returnForCorrection(milestone, request.reason(), command.by()));
    }

    @PostMapping("/verification-withdrawal")
    CommandResult withdrawVerification(
            @PathVariable String id,
            @PathVariable String milestone,
            @RequestBody ReasonRequest request,
            Command command) {
        return change(id, milestone, command, it -> it.withdrawVerification(milestone, request.reason(), command.by()));
    }

    @PostMapping("/postponement")
    CommandResult requestPostponement(
            @PathVariable String id,
            @PathVariable String milestone,
            @RequestBody PostponementRequest request,
            Command command) {
        return change(
                id,
                milestone,
                command,
                it -> it.requestPostponement(milestone, request.due(), request.reason(), command.by()));
    }

    @PostMapping("/postponement/agreement")
    CommandResult agreeToPostponement(
            @PathVariable String id,
            @PathVariable String milestone,
            @RequestBody ReasonRequest request,
            Command command) {
        return change(id, milestone, command, it -> it.agreeToPostponement(milestone, request.reason(), command.by()));
    }

    @PostMapping("/postponement/refusal")
    CommandResult refusePostponement(
            @PathVariable String id,
            @PathVariable String milestone,
            @RequestBody ReasonRequest request,
            Command command) {
        return change(id, milestone, command, it -> it.refusePostponement(milestone, request.reason(), command.by()));
    }

    @PostMapping("/postponement/withdrawal")
    CommandResult withdrawPostponement(
            @PathVariable String id,
            @PathVariable String milestone,
            @RequestBody ReasonRequest request,
            Command command) {
        return change(id, milestone, command, it -> it.withdrawPostponement(milestone, request.reason(), command.by()));
    }

    private CommandResult change(String id, String milestone, Command command, Consumer<Project> change) {
        Target<Project> target = Target.of(Project.class, id, it -> isVisible(it, command.by()))
                .part(part(milestone), it -> it.milestones().containsKey(milestone));
        return aggregates.change(target, command, change);
    }

    /// A caller who may not see the project, and any caller while it is a placeholder, gets not found.
    private boolean isVisible(Project project, Actor by) {
        return project.sequence() > 0 && project.permissions().isOpenTo(by);
    }

    private static String part(String milestone) {
        return "milestone/" + milestone;
    }
}
