package koinon.projects.proposal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.Deadline;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.Position;
import koinon.eventing.value.Money;
import koinon.http.action.ActionView;
import koinon.http.web.VersionedView;
import koinon.projects.call.NetworkOversightRoles;
import koinon.projects.origin.Origin;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded;
import koinon.projects.proposal.selection.Selection;
import koinon.projects.proposal.writing.Partnership;
import koinon.projects.submission.Submission;
import org.jspecify.annotations.Nullable;

/// What readers of a proposal are shown, each according to what the reader may see.
interface ProposalViews {

    /// The name of the part with the summary, which has its own ETag.
    String SUMMARY = "summary";

    /// The name of the part with the milestones, which has its own ETag.
    String WORK_PLAN = "work-plan";

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

    /// All milestones.
    record WorkPlanView(long version, List<Milestone> milestones) implements VersionedView {

        static WorkPlanView of(Proposal proposal) {
            return new WorkPlanView(proposal.etag(WORK_PLAN), proposal.plan().milestones());
        }
    }

    /// A proposal in a list.
    ///
    /// @param origin what it came from; an idea is shown to members of the network until the approval
    record Row(
            String id,
            String call,
            String title,
            String lead,
            Proposal.State state,
            @Nullable Origin origin) {

        static Row of(Proposal it, Actor by) {
            return new Row(it.id(), it.call(), it.plan().title(), it.lead(), it.state(), Proposals.originFor(by, it));
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
        static boolean showsEveryBudget(Proposal proposal, Plan plan, Actor by) {
            return plan.cities().stream().allMatch(it -> showsBudget(proposal, it, by));
        }

        /// Before the approval, only the network, the lead and the city itself see its grant and contributions.
        static boolean showsBudget(Proposal proposal, String city, Actor by) {
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
    /// @param origin what it came from; an idea is shown to members of the network until the approval
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
            @Nullable Origin origin,
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
                    Proposals.originFor(by, it),
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
}
