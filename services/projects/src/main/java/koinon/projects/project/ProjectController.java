package koinon.projects.project;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.web.Page;
import koinon.platform.web.VersionedView;
import koinon.projects.fund.Funders;
import koinon.projects.plan.Award;
import koinon.projects.plan.Grant;
import koinon.projects.plan.PartnerShare;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Projects over HTTP. Anyone reads what they are about; who takes part in one, or watches over the network, reads
/// all.
@RestController
@RequestMapping("/api/v1/projects")
final class ProjectController {

    private final Projects projects;
    private final Funders funders;
    private final Aggregates aggregates;

    ProjectController(Projects projects, Funders funders, Aggregates aggregates) {
        this.projects = projects;
        this.funders = funders;
        this.aggregates = aggregates;
    }

    /// @param city whose signatory signs
    record Signing(
            @NotBlank @Pattern(regexp = "[a-z0-9-]{1,100}") String city) {}

    record Reason(@NotBlank @Size(max = 2000) String reason) {}

    /// A project.
    ///
    /// @param partners the ids of its cities, the lead's among them
    /// @param detail absent for who neither takes part in it nor watches over the network
    record View(
            String id,
            long version,
            Project.State state,
            String title,
            String call,
            String lead,
            List<String> partners,
            List<String> themes,
            List<Integer> sdgs,
            LocalDate startsOn,
            LocalDate endsOn,
            @Nullable Detail detail)
            implements VersionedView {

        static View of(Project project, boolean whole) {
            Award award = project.award();
            return new View(
                    project.id(),
                    project.sequence(),
                    project.state(),
                    award.title(),
                    award.call(),
                    award.lead(),
                    award.partners().stream().map(PartnerShare::city).toList(),
                    award.themes(),
                    award.sdgs(),
                    award.startsOn(),
                    award.endsOn(),
                    whole ? Detail.of(project) : null);
        }
    }

    /// What concerns those who take part.
    ///
    /// @param signed the partners that have signed the partnership agreement
    /// @param verifier the role that verifies milestones
    record Detail(
            String currency,
            List<PartnerShare> shares,
            List<String> signed,
            List<Grant> grants,
            List<Tranche> tranches,
            List<Agreement> agreements,
            List<MilestoneController.Milestone> milestones,
            String verifier) {

        static Detail of(Project project) {
            Award award = project.award();
            return new Detail(
                    award.currency(),
                    award.partners(),
                    List.copyOf(project.signed()),
                    award.grants(),
                    award.tranches(),
                    project.agreements().entrySet().stream()
                            .map(it -> new Agreement(
                                    it.getKey(),
                                    it.getValue().fund(),
                                    it.getValue().standing()))
                            .toList(),
                    project.milestones().values().stream()
                            .map(it -> MilestoneController.Milestone.of(project, it))
                            .toList(),
                    award.verifier());
        }
    }

    /// Where a funding agreement stands, as far as it was heard here.
    record Agreement(String id, String fund, KnownAgreement.Standing state) {}

    /// Projects in the order of their ids, without their details.
    @GetMapping
    Page<View> list(
            @RequestParam Project.@Nullable State state,
            @RequestParam @Nullable String city,
            @RequestParam @Nullable String call,
            Page.Wanted wanted) {
        return Page.of(
                wanted,
                projects.find(new Projects.Filter(state, city, call), wanted.after(), wanted.fetch()),
                Project::id,
                it -> View.of(it, false));
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id, By by) {
        Project project = projects.find(id).orElseThrow(Refused.NotFound::new);
        return View.of(project, project.hands().isOpenTo(by, funders));
    }

    @PostMapping("/{id}/partnership-signatures")
    Answer sign(@PathVariable String id, @RequestBody Signing request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.sign(request.city(), command.by()));
    }

    @PostMapping("/{id}/suspension")
    Answer suspend(@PathVariable String id, @RequestBody Reason request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.suspend(request.reason(), command.by()));
    }

    @PostMapping("/{id}/resumption")
    Answer resume(@PathVariable String id, @RequestBody Reason request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.resume(request.reason(), command.by()));
    }

    @PostMapping("/{id}/completion")
    Answer complete(@PathVariable String id, @RequestBody Reason request, Command command) {
        return aggregates.change(
                Project.class, id, command, it -> it.complete(request.reason(), funders, command.by()));
    }

    @PostMapping("/{id}/termination")
    Answer terminate(@PathVariable String id, @RequestBody Reason request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.terminate(request.reason(), command.by()));
    }

    @PostMapping("/{id}/closure")
    Answer close(@PathVariable String id, @RequestBody Reason request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.close(request.reason(), command.by()));
    }
}
