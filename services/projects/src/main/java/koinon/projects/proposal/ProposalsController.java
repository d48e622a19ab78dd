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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Aggregates.Target;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.platform.model.Position;
import koinon.platform.web.Page;
import koinon.platform.web.VersionedView;
import koinon.projects.call.Call;
import koinon.projects.call.Calls;
import koinon.projects.call.Oversight;
import koinon.projects.city.KnownCities;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.ProposalEvent.SummaryChanged;
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

/// Proposals over HTTP, as their lead writes them and as their readers read them.
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

    /// What a proposal begins with.
    record Draft(
            @NotBlank @Size(max = 100) String call,
            @NotBlank @Size(max = 100) String lead,
            @NotBlank @Size(max = 200) String title) {}

    /// What it is about, in the place of what was there.
    record Summary(
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

    /// What it is about.
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

    /// A milestone as it is planned.
    ///
    /// @param tranche that it earns, absent or empty when it earns none
    /// @param weight its part of that tranche, 0 to 1
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

    /// All milestones, in the place of those that were there.
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
    /// @param grant, contributions, overhead absent while unwritten, and to who may not see another city's budget
    record Partner(
            String city,
            long version,
            Partnership.Standing standing,
            @Nullable Money grant,
            @Nullable List<Contribution> contributions,
            @Nullable Money overhead,
            @Nullable String tasks)
            implements VersionedView {

        static Partner of(Proposal proposal, String city, By by) {
            Partnership.Standing standing = proposal.partnership().standing(city);
            return of(proposal, proposal.plan(), city, proposal.etag(Proposal.partnerPart(city)), standing, by);
        }

        /// A city as it was when this was submitted.
        static Partner of(Proposal proposal, Plan submitted, String city, long version, By by) {
            return of(proposal, submitted, city, version, Partnership.Standing.COMMITTED, by);
        }

        private static Partner of(
                Proposal proposal, Plan plan, String city, long version, Partnership.Standing standing, By by) {
            return plan.part(city)
                    .map(it -> showsBudget(proposal, city, by)
                            ? new Partner(
                                    city, version, standing, it.grant(), it.contributions(), it.overhead(), it.tasks())
                            : new Partner(city, version, standing, null, null, null, it.tasks()))
                    .orElse(new Partner(city, version, standing, null, null, null, null));
        }

        /// A total tells a city of two what the other one asks for.
        private static boolean showsEveryBudget(Proposal proposal, Plan plan, By by) {
            return plan.cities().stream().allMatch(it -> showsBudget(proposal, it, by));
        }

        /// Before the approval only the network, the lead and the city itself see what it asks for and brings.
        private static boolean showsBudget(Proposal proposal, String city, By by) {
            return proposal.state() == Proposal.State.APPROVED
                    || Oversight.includes(by)
                    || by.holdsAnyFor(
                            Stream.of("city/" + proposal.lead(), "city/" + city).collect(Collectors.toSet()));
        }
    }

    /// @param grants what each fund is asked for
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

    /// @param amount absent for who may not see each city's budget
    record GrantView(String fund, @Nullable Money amount, String beneficiary) {}

    /// A proposal in full.
    ///
    /// @param callVersion the version of the call's terms that it is judged by
    /// @param partners also those that declined or were removed, which the plan no longer counts
    /// @param grant, coFinancing of all partners; absent for who may not see each one's budget
    /// @param submissions how often it was submitted
    /// @param returnedUntil by when it must be mended
    /// @param selection the last one, its funds and their answers; absent before the first
    /// @param reason of the last decision
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
            @Nullable String reason)
            implements VersionedView {

        static View of(Proposal it, String currency, By by) {
            List<String> known = List.copyOf(it.partnership().standings().keySet());
            boolean total = Partner.showsEveryBudget(it, it.plan(), by);
            return new View(
                    it.id(),
                    it.sequence(),
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
                    it.reason());
        }
    }

    /// What was submitted once, as it was then.
    ///
    /// @param number counts the submissions of the proposal, from 1
    /// @param callVersion the version of the call's terms that it was judged ready by
    /// @param grant, coFinancing of all partners; absent for who may not see each one's budget
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

        static Submitted of(Submission it, Proposal proposal, String currency, By by) {
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
    Answer draft(@RequestBody Draft draft, Command command) {
        return aggregates.create(Proposal.class, command, id -> {
            Call call = calls.find(draft.call())
                    .filter(it -> it.edition() > 0)
                    .orElseThrow(() -> new Invalid("/call", "There is no call " + draft.call() + "."));
            @Nullable KnownCity city = cities.findById(draft.lead()).orElse(null);
            return Proposal.draft(id, call, draft.lead(), city, draft.title(), command.by());
        });
    }

    @PutMapping("/{id}/summary")
    Answer write(@PathVariable String id, @RequestBody Summary summary, Command command) {
        return aggregates.change(
                target(id, command).part(SUMMARY), command, it -> it.writeSummary(summary.change(), command.by()));
    }

    @PutMapping("/{id}/work-plan")
    Answer write(@PathVariable String id, @RequestBody WorkPlan plan, Command command) {
        List<Milestone> milestones =
                plan.milestones().stream().map(Planned::milestone).toList();
        return aggregates.change(
                target(id, command).part(WORK_PLAN), command, it -> it.writeWorkPlan(milestones, command.by()));
    }

    @PostMapping("/{id}/submission")
    Answer submit(@PathVariable String id, Command command) {
        return aggregates.change(
                target(id, command), command, it -> it.submit(calls.of(it.call()), citiesOf(it), command.by()));
    }

    @PostMapping("/{id}/reopening")
    Answer reopen(@PathVariable String id, Command command) {
        return aggregates.change(target(id, command), command, it -> it.reopen(calls.of(it.call()), command.by()));
    }

    @PostMapping("/{id}/withdrawal")
    Answer withdraw(@PathVariable String id, @RequestBody DecisionsController.Reason reason, Command command) {
        return aggregates.change(target(id, command), command, it -> it.withdraw(reason.reason(), command.by()));
    }

    @GetMapping
    Page<Row> list(
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) Proposal.@Nullable State state,
            Page.Wanted wanted,
            By by) {
        List<Proposal> found = proposals.page(new Proposals.Filter(call, city, state), proposals.readerFor(by), wanted);
        return Page.of(wanted, found, Proposal::id, Row::of);
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id, By by) {
        Proposal proposal = visible(id, by);
        return View.of(proposal, calls.of(proposal.call()).terms().currency(), by);
    }

    @GetMapping("/{id}/summary")
    SummaryView summary(@PathVariable String id, By by) {
        return SummaryView.of(visible(id, by));
    }

    @GetMapping("/{id}/work-plan")
    WorkPlanView workPlan(@PathVariable String id, By by) {
        return WorkPlanView.of(visible(id, by));
    }

    @GetMapping("/{id}/partners/{city}/part")
    Partner part(@PathVariable String id, @PathVariable String city, By by) {
        Proposal proposal = visible(id, by);
        if (proposal.plan().part(city).isEmpty()) throw new Refused.NotFound();
        return Partner.of(proposal, city, by);
    }

    /// What was submitted the first, second, ... time. Who decides reads this: the partners may have written on since.
    @GetMapping("/{id}/submissions/{number}")
    Submitted submission(@PathVariable String id, @PathVariable int number, By by) {
        Proposal proposal = visible(id, by);
        List<String> all = proposal.submissions();
        if (number < 1 || number > all.size()) throw new Refused.NotFound();
        String submitted = all.get(number - 1);
        // The last one is in the proposal, whether or not its document has been made yet.
        Submission found = Optional.ofNullable(proposal.submission())
                .filter(it -> it.id().equals(submitted))
                .or(() -> submissions.find(submitted))
                .orElseThrow(() -> new Refused.Busy("It is being stored; ask again shortly."));
        return Submitted.of(found, proposal, calls.of(proposal.call()).terms().currency(), by);
    }

    @GetMapping("/{id}/readiness")
    Readiness readiness(@PathVariable String id, By by) {
        Proposal proposal = visible(id, by);
        Readiness readiness = proposal.readiness(calls.of(proposal.call()), citiesOf(proposal), by.at());
        return Partner.showsEveryBudget(proposal, proposal.plan(), by) ? readiness : readiness.withoutTotals();
    }

    private Map<String, KnownCity> citiesOf(Proposal proposal) {
        return cities.findByIdIn(proposal.plan().cities()).stream()
                .collect(Collectors.toMap(KnownCity::id, Function.identity()));
    }

    private Target<Proposal> target(String id, Command command) {
        return proposals.target(id, command.by());
    }

    private Proposal visible(String id, By by) {
        return proposals.find(id, by).orElseThrow(Refused.NotFound::new);
    }
}
