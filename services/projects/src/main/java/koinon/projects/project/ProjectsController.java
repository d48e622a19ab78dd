package koinon.projects.project;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.http.action.ActionView;
import koinon.http.action.ActionView.Circumstances;
import koinon.http.page.Page;
import koinon.http.web.VersionedView;
import koinon.projects.ReasonRequest;
import koinon.projects.RedactionRequest;
import koinon.projects.city.KnownCities;
import koinon.projects.origin.Origin;
import koinon.projects.plan.ApprovedPlan;
import koinon.projects.plan.Grant;
import koinon.projects.plan.PartnerShare;
import koinon.projects.plan.Tranche;
import koinon.projects.project.agreement.KnownAgreement;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Projects over HTTP. Everyone reads the summary; who takes part in a project or oversees the network reads its
/// details.
@RestController
@RequestMapping("/api/v1/projects")
final class ProjectsController {

    private final Projects projects;
    private final KnownCities cities;
    private final Aggregates aggregates;

    ProjectsController(Projects projects, KnownCities cities, Aggregates aggregates) {
        this.projects = projects;
        this.cities = cities;
        this.aggregates = aggregates;
    }

    /// @param city the city that signs
    record SignatureRequest(
            @NotBlank @Pattern(regexp = "[a-z0-9-]{1,100}") String city) {}

    /// A project.
    ///
    /// @param origin what its proposal came from; absent where nobody named it
    /// @param partners ids of the partner cities, including the lead
    /// @param zone IANA time zone in which its days end
    /// @param detail absent for a caller who neither takes part in it nor oversees the network
    record View(
            String id,
            long version,
            Project.State state,
            String title,
            String call,
            String lead,
            @Nullable Origin origin,
            List<String> partners,
            List<String> themes,
            List<Integer> sdgs,
            LocalDate startsOn,
            LocalDate endsOn,
            String zone,
            @Nullable Detail detail)
            implements VersionedView {

        /// @param reader the caller if it sees the details
        static View of(Project project, @Nullable Actor reader) {
            ApprovedPlan approvedPlan = project.approvedPlan();
            return new View(
                    project.id(),
                    project.version(),
                    project.state(),
                    approvedPlan.title(),
                    approvedPlan.call(),
                    approvedPlan.lead(),
                    approvedPlan.origin(),
                    approvedPlan.partners().stream().map(PartnerShare::city).toList(),
                    approvedPlan.themes(),
                    approvedPlan.sdgs(),
                    approvedPlan.startsOn(),
                    approvedPlan.endsOn(),
                    approvedPlan.zone(),
                    reader == null ? null : Detail.of(project, reader));
        }
    }

    /// What only participants and the network see.
    ///
    /// @param signed the partners that have signed the partnership agreement
    /// @param verifier the role that verifies milestones
    /// @param nextActions what can be done next, and whether this caller can do it
    record Detail(
            String currency,
            List<PartnerShare> shares,
            List<String> signed,
            List<Grant> grants,
            List<Tranche> tranches,
            List<Agreement> agreements,
            List<MilestonesController.Milestone> milestones,
            String verifier,
            List<ActionView> nextActions) {

        static Detail of(Project project, Actor by) {
            ApprovedPlan approvedPlan = project.approvedPlan();
            return new Detail(
                    approvedPlan.currency(),
                    approvedPlan.partners(),
                    approvedPlan.partners().stream()
                            .map(PartnerShare::city)
                            .filter(project.partners().signed()::contains)
                            .toList(),
                    approvedPlan.grants(),
                    approvedPlan.tranches(),
                    project.agreements().entrySet().stream()
                            .map(it -> new Agreement(
                                    it.getKey(),
                                    it.getValue().fund(),
                                    it.getValue().state()))
                            .toList(),
                    project.milestones().values().stream()
                            .map(it -> MilestonesController.Milestone.of(project, it))
                            .toList(),
                    approvedPlan.verifier(),
                    ActionView.of(project, by, Circumstances.NONE));
        }
    }

    /// A funding agreement in the state that this service received last.
    record Agreement(String id, String fund, KnownAgreement.State state) {}

    /// Lists projects without their details, ordered by id.
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
                it -> View.of(it, null));
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id, Actor by) {
        Project project = projects.find(id).orElseThrow(RequestRejected.NotFound::new);
        return View.of(project, project.permissions().isOpenTo(by) ? by : null);
    }

    @PostMapping("/{id}/partnership-signatures")
    CommandResult sign(@PathVariable String id, @RequestBody SignatureRequest request, Command command) {
        return aggregates.change(
                Project.class,
                id,
                command,
                it -> it.sign(request.city(), cities.findById(request.city()).orElse(null), command.by()));
    }

    @PostMapping("/{id}/partners/{city}/step-back")
    CommandResult stepBack(
            @PathVariable String id, @PathVariable String city, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.stepBack(city, request.reason(), command.by()));
    }

    @PostMapping("/{id}/partners/{city}/step-back-withdrawal")
    CommandResult withdrawStepBack(@PathVariable String id, @PathVariable String city, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.withdrawStepBack(city, command.by()));
    }

    /// Goes on without a city that has stepped back.
    @PostMapping("/{id}/partners/{city}/release")
    CommandResult release(
            @PathVariable String id, @PathVariable String city, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.release(city, request.reason(), command.by()));
    }

    @PostMapping("/{id}/suspension")
    CommandResult suspend(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.suspend(request.reason(), command.by()));
    }

    @PostMapping("/{id}/resumption")
    CommandResult resume(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.resume(request.reason(), command.by()));
    }

    @PostMapping("/{id}/completion")
    CommandResult complete(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.complete(request.reason(), command.by()));
    }

    /// Reverses the completion.
    @PostMapping("/{id}/completion-reversal")
    CommandResult reverseCompletion(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(
                Project.class, id, command, it -> it.reverseCompletion(request.reason(), command.by()));
    }

    @PostMapping("/{id}/termination")
    CommandResult terminate(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.terminate(request.reason(), command.by()));
    }

    @PostMapping("/{id}/redactions")
    CommandResult redact(@PathVariable String id, @RequestBody RedactionRequest request, Command command) {
        return aggregates.change(
                Project.class, id, command, it -> it.redact(request.text(), request.reason(), command.by()));
    }

    @PostMapping("/{id}/closure")
    CommandResult close(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(Project.class, id, command, it -> it.close(request.reason(), command.by()));
    }
}
