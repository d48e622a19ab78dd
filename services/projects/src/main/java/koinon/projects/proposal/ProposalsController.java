package koinon.projects.proposal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import koinon.eventing.action.Moment;
import koinon.eventing.action.Need;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.http.action.ActionView;
import koinon.http.action.ActionView.Circumstances;
import koinon.http.constraint.MultiLine;
import koinon.http.constraint.OneOf;
import koinon.http.page.Page;
import koinon.projects.ReasonRequest;
import koinon.projects.call.Call;
import koinon.projects.call.Calls;
import koinon.projects.city.KnownCities;
import koinon.projects.city.KnownCity;
import koinon.projects.origin.KnownOrigins;
import koinon.projects.origin.Origin;
import koinon.projects.plan.Milestone;
import koinon.projects.proposal.ProposalViews.Partner;
import koinon.projects.proposal.ProposalViews.Row;
import koinon.projects.proposal.ProposalViews.Submitted;
import koinon.projects.proposal.ProposalViews.SummaryView;
import koinon.projects.proposal.ProposalViews.View;
import koinon.projects.proposal.ProposalViews.WorkPlanView;
import koinon.projects.proposal.event.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.event.ProposalEvent.ProposalDrafted;
import koinon.projects.proposal.event.ProposalEvent.SummaryChanged;
import koinon.projects.proposal.readiness.Readiness;
import koinon.projects.proposal.writing.ContributionRequest;
import koinon.projects.proposal.writing.Partnership;
import koinon.projects.proposal.writing.Trial;
import koinon.projects.submission.Submission;
import koinon.projects.submission.Submissions;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Proposals over HTTP: commands of the lead, and reading.
@RestController
@RequestMapping("/api/v1/proposals")
final class ProposalsController {

    private final Proposals proposals;
    private final Calls calls;
    private final KnownCities cities;
    private final KnownOrigins origins;
    private final Submissions submissions;
    private final Aggregates aggregates;

    ProposalsController(
            Proposals proposals,
            Calls calls,
            KnownCities cities,
            KnownOrigins origins,
            Submissions submissions,
            Aggregates aggregates) {
        this.proposals = proposals;
        this.calls = calls;
        this.cities = cities;
        this.origins = origins;
        this.submissions = submissions;
        this.aggregates = aggregates;
    }

    /// The initial data of a proposal.
    ///
    /// @param origin what it comes from; may be absent
    record ProposalRequest(
            @NotBlank @Size(max = 100) String call,
            @NotBlank @Size(max = 100) String lead,
            @NotBlank @Size(max = 200) String title,
            @Nullable @Valid OriginRequest origin) {}

    /// What a proposal comes from.
    ///
    /// @param id of the idea or the gathering
    record OriginRequest(
            @NotNull @OneOf(Origin.Codes.class) String kind,
            @NotBlank @Size(max = 100) String id) {

        Origin origin() {
            return new Origin(kind, id);
        }
    }

    /// The summary; it replaces the previous one.
    record SummaryRequest(
            @NotBlank @Size(max = 200) String title,
            @MultiLine @NotNull @Size(max = 10_000) String summary,
            @NotNull @Size(max = 20) List<@NotBlank @Size(max = 100) String> themes,
            @NotNull @Size(max = 17) List<@NotNull @Min(1) @Max(17) Integer> sdgs,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn) {

        SummaryChanged change() {
            return new SummaryChanged(title, summary, themes, sdgs, startsOn, endsOn);
        }
    }

    /// A planned milestone.
    ///
    /// @param tranche id of the tranche that it earns; absent or empty when it earns none
    /// @param weight whole number, a ratio among the milestones of that tranche; absent means 1
    record Planned(
            @NotNull @Pattern(regexp = "[a-z0-9-]{1,40}") String id,
            @NotBlank @Size(max = 200) String title,
            @NotNull LocalDate due,
            @Nullable @Size(max = 40) String tranche,
            @Nullable @Min(1) @Max(Milestone.LARGEST_WEIGHT) Integer weight) {

        Milestone milestone() {
            return new Milestone(
                    id, title, due, tranche == null ? "" : tranche, weight == null ? Milestone.USUAL_WEIGHT : weight);
        }
    }

    /// All milestones; they replace the previous ones.
    record WorkPlan(@NotNull @Size(max = 100) List<@NotNull @Valid Planned> milestones) {

        List<Milestone> entered() {
            return milestones.stream().map(Planned::milestone).toList();
        }
    }

    /// The part of a city that is tried: what the city would write.
    record PartTrial(
            @NotBlank @Size(max = 100) String city,
            @NotNull Money grant,
            @NotNull @Size(max = 50) List<@NotNull @Valid ContributionRequest> contributions,
            @NotNull Money overhead,
            @MultiLine @NotNull @Size(max = 10_000) String tasks) {

        PartnerPartChanged change() {
            return new PartnersController.PartnerPartRequest(grant, contributions, overhead, tasks).change(city);
        }
    }

    /// What would be written, to be judged without writing it. What is absent is taken as it is stored.
    record TrialRequest(
            @Nullable @Valid SummaryRequest summary,
            @Nullable @Valid WorkPlan workPlan,
            @Nullable @Valid PartTrial part) {

        Trial trial() {
            return new Trial(
                    summary == null ? null : summary.change(),
                    workPlan == null ? null : workPlan.entered(),
                    part == null ? null : part.change());
        }
    }

    @PostMapping
    CommandResult draft(@RequestBody ProposalRequest draft, Command command) {
        return aggregates.create(Proposal.class, command, id -> {
            Call call = calls.find(draft.call())
                    .filter(it -> it.edition() > 0)
                    .orElseThrow(() -> new ValidationFailed(
                            "/call", "proposal.no-such-call", "There is no call %s.", "call", draft.call()));
            @Nullable
            Origin origin = draft.origin() == null ? null : draft.origin().origin();
            return Proposal.draft(
                    id,
                    new ProposalDrafted(call.id(), call.edition(), draft.lead(), draft.title(), origin),
                    call,
                    cities.findById(draft.lead()).orElse(null),
                    origin == null ? null : origins.findById(origin.name()).orElse(null),
                    command.by());
        });
    }

    @PutMapping("/{id}/summary")
    CommandResult write(@PathVariable String id, @RequestBody SummaryRequest summary, Command command) {
        return aggregates.change(
                target(id, command).part(ProposalViews.SUMMARY),
                command,
                it -> it.writeSummary(summary.change(), calls.of(it.call()), command.by()));
    }

    @PutMapping("/{id}/work-plan")
    CommandResult write(@PathVariable String id, @RequestBody WorkPlan plan, Command command) {
        return aggregates.change(
                target(id, command).part(ProposalViews.WORK_PLAN),
                command,
                it -> it.writeWorkPlan(plan.entered(), calls.of(it.call()), command.by()));
    }

    @PostMapping("/{id}/submission")
    CommandResult submit(@PathVariable String id, Command command) {
        return aggregates.change(target(id, command), command, it -> {
            Call call = calls.of(it.call());
            it.submit(call, proposals.citiesOf(it.plan(), call), command.by());
        });
    }

    @PostMapping("/{id}/reopening")
    CommandResult reopen(@PathVariable String id, Command command) {
        return aggregates.change(target(id, command), command, it -> it.reopen(calls.of(it.call()), command.by()));
    }

    @PostMapping("/{id}/withdrawal")
    CommandResult withdraw(@PathVariable String id, @RequestBody ReasonRequest reason, Command command) {
        return aggregates.change(target(id, command), command, it -> it.withdraw(reason.reason(), command.by()));
    }

    /// Lists the proposals that the caller may see, ordered by id.
    ///
    /// @param origin what they come from: `idea/<id>` or `gathering/<id>`
    @GetMapping
    Page<Row> list(
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) Proposal.@Nullable State state,
            @RequestParam(required = false) @Nullable String origin,
            Page.Wanted wanted,
            Actor by) {
        @Nullable Origin from = origin == null ? null : Origin.parse("origin", origin);
        List<Proposal> found =
                proposals.page(new Proposals.Filter(call, city, state, from), proposals.readerFor(by), wanted);
        return Page.of(wanted, found, Proposal::id, it -> Row.of(it, by));
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id, Actor by) {
        Proposal proposal = visible(id, by);
        Call call = calls.of(proposal.call());
        return View.of(
                proposal,
                call.terms().currency(),
                ActionView.of(
                        proposal,
                        by,
                        new ProposalCircumstances(
                                proposal, call, () -> proposals.citiesOf(proposal.plan(), call), by.at())),
                by);
    }

    @GetMapping("/{id}/summary")
    SummaryView summary(@PathVariable String id, Actor by) {
        return SummaryView.of(visible(id, by));
    }

    @GetMapping("/{id}/work-plan")
    WorkPlanView workPlan(@PathVariable String id, Actor by) {
        return WorkPlanView.of(visible(id, by));
    }

    @GetMapping("/{id}/partners/{city}/part")
    Partner part(@PathVariable String id, @PathVariable String city, Actor by) {
        Proposal proposal = visible(id, by);
        if (proposal.plan().part(city).isEmpty()) throw new RequestRejected.NotFound();
        return Partner.of(proposal, city, by);
    }

    /// One submission by its number. Deciders read this, because the partners may have edited the proposal since.
    @GetMapping("/{id}/submissions/{number}")
    Submitted submission(@PathVariable String id, @PathVariable int number, Actor by) {
        Proposal proposal = visible(id, by);
        List<String> all = proposal.submissions();
        if (number < 1 || number > all.size()) throw new RequestRejected.NotFound();
        String submitted = all.get(number - 1);
        // The proposal contains the latest submission, whose document may not be stored yet.
        Submission found = Optional.ofNullable(proposal.submission())
                .filter(it -> it.id().equals(submitted))
                .or(() -> submissions.find(submitted))
                .orElseThrow(() -> new RequestRejected.Busy("being-stored", "It is being stored; ask again shortly."));
        return Submitted.of(found, proposal, calls.of(proposal.call()).terms().currency(), by);
    }

    @GetMapping("/{id}/readiness")
    Readiness readiness(@PathVariable String id, Actor by) {
        Proposal proposal = visible(id, by);
        return readiness(proposal, proposal.partnership(), calls.of(proposal.call()), by);
    }

    /// What the readiness would be with these changes, of which nothing is saved: the same judgement as of what is
    /// stored, for who may read it.
    ///
    /// A part that would end its city's commitment is judged as not committed to. Nothing is an event here, and an
    /// answer is not kept.
    @PostMapping("/{id}/readiness")
    Readiness tryOut(@PathVariable String id, @RequestBody TrialRequest request, Actor by) {
        Proposal proposal = visible(id, by);
        Call call = calls.of(proposal.call());
        boolean seesBudget = request.part() == null
                || Partner.showsBudget(proposal, request.part().city(), by);
        Partnership tried =
                request.trial().of(proposal.partnership(), call.terms().currency(), seesBudget);
        return readiness(proposal, tried, call, by);
    }

    private Readiness readiness(Proposal proposal, Partnership judged, Call call, Actor by) {
        Readiness readiness = Readiness.of(
                judged.plan(),
                judged.uncommitted(),
                proposal.lead(),
                call,
                proposal.returnedUntil(),
                proposals.citiesOf(judged.plan(), call),
                by.at());
        return Partner.showsEveryBudget(proposal, proposal.plan(), by) ? readiness : readiness.withoutTotals();
    }

    /// What a proposal's next actions depend on: its call and its readiness.
    private record ProposalCircumstances(
            Proposal proposal, Call call, Supplier<Map<String, KnownCity>> cities, Instant now)
            implements Circumstances {

        @Override
        public @Nullable Instant at(Moment moment) {
            return switch (String.valueOf(moment.moment())) {
                case "opens" -> call.terms().opens().instant();
                case "closes" -> call.terms().closes().instant();
                default -> null;
            };
        }

        @Override
        public boolean isMet(Need need) {
            return need.of() == null
                    ? proposal.readiness(call, cities.get(), now).ready()
                    : need.in().contains(call.state().name());
        }
    }

    private Target<Proposal> target(String id, Command command) {
        return proposals.target(id, command.by());
    }

    private Proposal visible(String id, Actor by) {
        return proposals.find(id, by).orElseThrow(RequestRejected.NotFound::new);
    }
}
