package koinon.projects.proposal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.Moment;
import koinon.eventing.action.Need;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.eventing.model.Position;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.http.action.ActionView;
import koinon.http.action.ActionView.Circumstances;
import koinon.http.page.Page;
import koinon.http.web.VersionedView;
import koinon.projects.ReasonRequest;
import koinon.projects.call.Call;
import koinon.projects.call.Calls;
import koinon.projects.call.NetworkOversightRoles;
import koinon.projects.city.KnownCities;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.ProposalEvent.DecisionRecorded;
import koinon.projects.proposal.ProposalEvent.SummaryChanged;
import koinon.projects.proposal.readiness.Readiness;
import koinon.projects.proposal.selection.Selection;
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

    private static final String SUMMARY = "summary";
    private static final String WORK_PLAN = "work-plan";

    private final Proposals proposals;
    private final Calls calls;
    private final KnownCities cities;
    private final Submissions submissions;
    private final Aggregates aggregates;

    ProposalsController(
            Proposals proposals, Calls calls, KnownCities cities, Submissions submissions, Aggregates aggregates) {
        this.proposals = proposals;
        this.calls = calls;
        this.cities = cities;
        this.submissions = submissions;
        this.aggregates = aggregates;
    }

    /// The initial data of a proposal.
    record ProposalRequest(
            @NotBlank @Size(max = 100) String call,
            @NotBlank @Size(max = 100) String lead,
            @NotBlank @Size(max = 200) String title) {}

    /// The summary; it replaces the previous one.
    record SummaryRequest(
            @NotBlank @Size(max = 200) String title,
            @NotNull @Size(max = 10_000) String summary,
            @NotNull @Size(max = 20) List<@NotBlank @Size(max = 100) String> themes,
            @NotNull @Size(max = 17) List<@NotNull @Min(1) @Max(17) Integer> sdgs,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn) {

        SummaryChanged change() {
            return new SummaryChanged(title, summary, themes, sdgs, startsOn, endsOn);
        }
    }

    /// The summary.
    record SummaryView(
            long version,
            String title,
            String summary,
            List<String> themes,
            List<Integer> sdgs,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn)
            implements VersionedView {

        static SummaryView of(Proposal proposal) {
            return of(proposal.plan(), proposal.etag(SUMMARY));
        }

        static SummaryView of(Plan it, long version) {
            return new SummaryView(
                    version, it.title(), it.summary(), it.themes(), it.sdgs(), it.startsOn(), it.endsOn());
        }
    }

    /// A planned milestone.
    ///
    /// @param tranche id of the tranche that it earns; absent or empty when it earns none
    /// @param weight fraction of that tranche, 0 to 1
    record Planned(
            @NotNull @Pattern(regexp = "[a-z0-9-]{1,40}") String id,
            @NotBlank @Size(max = 200) String title,
            @NotNull LocalDate due,
            @Nullable @Size(max = 40) String tranche,

            @NotNull @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 4)
            BigDecimal weight) {

        Milestone milestone() {
            return new Milestone(id, title, due, tranche == null ? "" : tranche, weight);
        }
    }

    /// All milestones; they replace the previous ones.
    record WorkPlan(@NotNull @Size(max = 100) List<@NotNull @Valid Planned> milestones) {}

    /// All milestones.
    record WorkPlanView(long version, List<Milestone> milestones) implements VersionedView {

        static WorkPlanView of(Proposal proposal) {
            return new WorkPlanView(proposal.etag(WORK_PLAN), proposal.plan().milestones());
        }
    }

    /// A proposal in a list.
    record Row(String id, String call, String title, String lead, Proposal.State state) {

        static Row of(Proposal it) {
            return new Row(it.id(), it.call(), it.plan().title(), it.lead(), it.state());
        }
    }

    /// A city in a proposal.
    ///
    /// @param grant, contributions, overhead absent while not written, and for callers who may not see this city's
    /// budget
    record Partner(
            String city,
            long version,
            Partnership.State state,
            @Nullable Money grant,
            @Nullable List<Contribution> contributions,
            @Nullable Money overhead,
            @Nullable String tasks)
            implements VersionedView {

        static Partner of(Proposal proposal, String city, Actor by) {
            Partnership.State state = proposal.partnership().stateOf(city);
            return of(proposal, proposal.plan(), city, proposal.etag(Partnership.partOf(city)), state, by);
        }

        /// A city in a submission.
        static Partner of(Proposal proposal, Plan submitted, String city, long version, Actor by) {
            return of(proposal, submitted, city, version, Partnership.State.COMMITTED, by);
        }

        private static Partner of(
                Proposal proposal, Plan plan, String city, long version, Partnership.State state, Actor by) {
            return plan.part(city)
                    .map(it -> showsBudget(proposal, city, by)
                            ? new Partner(
                                    city, version, state, it.grant(), it.contributions(), it.overhead(), it.tasks())
                            : new Partner(city, version, state, null, null, null, it.tasks()))
                    .orElse(new Partner(city, version, state, null, null, null, null));
        }

        /// Totals are hidden too: with two partners, a total would reveal the other one's grant.
        private static boolean showsEveryBudget(Proposal proposal, Plan plan, Actor by) {
            return plan.cities().stream().allMatch(it -> showsBudget(proposal, it, by));
        }

        /// Before the approval, only the network, the lead and the city itself see its grant and contributions.
        private static boolean showsBudget(Proposal proposal, String city, Actor by) {
            return proposal.state() == Proposal.State.APPROVED
                    || NetworkOversightRoles.includes(by)
                    || by.holdsAnyFor(
                            Stream.of("city/" + proposal.lead(), "city/" + city).collect(Collectors.toSet()));
        }
    }

    /// @param grants the amount requested from each fund
    /// @param answers by fund
    record SelectionView(Integer number, List<GrantView> grants, Map<String, Selection.Answer> answers) {

        static SelectionView of(Selection it, boolean total) {
            return new SelectionView(
                    it.number(),
                    it.grants().stream()
                            .map(one -> new GrantView(one.fund(), total ? one.amount() : null, one.beneficiary()))
                            .toList(),
                    it.answers());
        }
    }

    /// @param amount absent for a caller who may not see each city's budget
    record GrantView(String fund, @Nullable Money amount, String beneficiary) {}

    /// A decision that the call holds.
    ///
    /// @param beneficiaries of a selection, by fund; the lead where absent
    record RecordedDecision(DecisionRecorded.Outcome decision, String reason, Map<String, String> beneficiaries) {

        static @Nullable RecordedDecision of(@Nullable DecisionRecorded it) {
            return it == null ? null : new RecordedDecision(it.decision(), it.reason(), it.beneficiaries());
        }
    }

    /// A proposal in full.
    ///
    /// @param callVersion version of the call's terms that it is judged by
    /// @param partners includes cities that declined or were removed, which are not in the plan
    /// @param grant, coFinancing totals of all partners; absent for a caller who may not see each city's budget
    /// @param submissions number of submissions
    /// @param returnedUntil deadline for submitting a returned proposal again
    /// @param selection the latest selection with the funds' answers; absent before the first
    /// @param reason reason of the latest decision
    /// @param recordedDecision the decision that the call holds; shown to the network only
    /// @param nextActions what can be done next, and whether this caller can do it
    record View(
            String id,
            long version,
            String call,
            int callVersion,
            Proposal.State state,
            String lead,
            SummaryView summary,
            WorkPlanView workPlan,
            List<Partner> partners,
            @Nullable Money grant,
            @Nullable Money coFinancing,
            int submissions,
            @Nullable Deadline returnedUntil,
            @Nullable SelectionView selection,
            @Nullable String reason,
            @Nullable RecordedDecision recordedDecision,
            List<ActionView> nextActions)
            implements VersionedView {

        static View of(Proposal it, String currency, List<ActionView> nextActions, Actor by) {
            List<String> known = List.copyOf(it.partnership().states().keySet());
            boolean total = Partner.showsEveryBudget(it, it.plan(), by);
            return new View(
                    it.id(),
                    NetworkOversightRoles.includes(by) ? it.version() : it.etag(ProposalDecisions.Held.OF_PARTNERS),
                    it.call(),
                    it.judgedBy(),
                    it.state(),
                    it.lead(),
                    SummaryView.of(it),
                    WorkPlanView.of(it),
                    known.stream().map(city -> Partner.of(it, city, by)).toList(),
                    total ? it.plan().grantIn(currency) : null,
                    total ? it.plan().coFinancingIn(currency) : null,
                    it.submissions().size(),
                    it.returnedUntil(),
                    it.selection().number() == 0 ? null : SelectionView.of(it.selection(), total),
                    it.reason(),
                    RecordedDecision.of(it.recordedDecision()),
                    nextActions);
        }
    }

    /// One submission.
    ///
    /// @param number number of the submission within its proposal, from 1
    /// @param callVersion version of the call's terms by which it was found ready
    /// @param grant, coFinancing totals of all partners; absent for a caller who may not see each city's budget
    record Submitted(
            Integer number,
            long version,
            Integer callVersion,
            Instant submittedAt,
            SummaryView summary,
            WorkPlanView workPlan,
            List<Partner> partners,
            @Nullable Money grant,
            @Nullable Money coFinancing)
            implements VersionedView {

        static Submitted of(Submission it, Proposal proposal, String currency, Actor by) {
            Plan plan = it.plan();
            long version = Position.parse(it.id()).sequence();
            boolean total = Partner.showsEveryBudget(proposal, plan, by);
            return new Submitted(
                    it.number(),
                    version,
                    it.callVersion(),
                    it.submittedAt(),
                    SummaryView.of(plan, version),
                    new WorkPlanView(version, plan.milestones()),
                    plan.cities().stream()
                            .map(city -> Partner.of(proposal, plan, city, version, by))
                            .toList(),
                    total ? plan.grantIn(currency) : null,
                    total ? plan.coFinancingIn(currency) : null);
        }
    }

    @PostMapping
    CommandResult draft(@RequestBody ProposalRequest draft, Command command) {
        return aggregates.create(Proposal.class, command, id -> {
            Call call = calls.find(draft.call())
                    .filter(it -> it.edition() > 0)
                    .orElseThrow(() -> new ValidationFailed(
                            "/call", "proposal.no-such-call", "There is no call %s.", "call", draft.call()));
            @Nullable KnownCity city = cities.findById(draft.lead()).orElse(null);
            return Proposal.draft(id, call, draft.lead(), city, draft.title(), command.by());
        });
    }

    @PutMapping("/{id}/summary")
    CommandResult write(@PathVariable String id, @RequestBody SummaryRequest summary, Command command) {
        return aggregates.change(
                target(id, command).part(SUMMARY),
                command,
                it -> it.writeSummary(summary.change(), calls.of(it.call()), command.by()));
    }

    @PutMapping("/{id}/work-plan")
    CommandResult write(@PathVariable String id, @RequestBody WorkPlan plan, Command command) {
        List<Milestone> milestones =
                plan.milestones().stream().map(Planned::milestone).toList();
        return aggregates.change(
                target(id, command).part(WORK_PLAN),
                command,
                it -> it.writeWorkPlan(milestones, calls.of(it.call()), command.by()));
    }

    @PostMapping("/{id}/submission")
    CommandResult submit(@PathVariable String id, Command command) {
        return aggregates.change(
                target(id, command), command, it -> it.submit(calls.of(it.call()), citiesOf(it), command.by()));
    }

    @PostMapping("/{id}/reopening")
    CommandResult reopen(@PathVariable String id, Command command) {
        return aggregates.change(target(id, command), command, it -> it.reopen(calls.of(it.call()), command.by()));
    }

    @PostMapping("/{id}/withdrawal")
    CommandResult withdraw(@PathVariable String id, @RequestBody ReasonRequest reason, Command command) {
        return aggregates.change(target(id, command), command, it -> it.withdraw(reason.reason(), command.by()));
    }

    @GetMapping
    Page<Row> list(
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) Proposal.@Nullable State state,
            Page.Wanted wanted,
            Actor by) {
        List<Proposal> found = proposals.page(new Proposals.Filter(call, city, state), proposals.readerFor(by), wanted);
        return Page.of(wanted, found, Proposal::id, Row::of);
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id, Actor by) {
        Proposal proposal = visible(id, by);
        Call call = calls.of(proposal.call());
        return View.of(
                proposal,
                call.terms().currency(),
                ActionView.of(
                        proposal, by, new ProposalCircumstances(proposal, call, () -> citiesOf(proposal), by.at())),
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
        Readiness readiness = proposal.readiness(calls.of(proposal.call()), citiesOf(proposal), by.at());
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

    private Map<String, KnownCity> citiesOf(Proposal proposal) {
        return cities.findByIdIn(proposal.plan().cities()).stream()
                .collect(Collectors.toMap(KnownCity::id, Function.identity()));
    }

    private Target<Proposal> target(String id, Command command) {
        return proposals.target(id, command.by());
    }

    private Proposal visible(String id, Actor by) {
        return proposals.find(id, by).orElseThrow(RequestRejected.NotFound::new);
    }
}
