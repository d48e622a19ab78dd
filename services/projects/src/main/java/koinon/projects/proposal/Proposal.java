package koinon.projects.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import koinon.eventing.action.Deadline;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.Role;
import koinon.projects.call.Call;
import koinon.projects.city.KnownCity;
import koinon.projects.origin.KnownOrigin;
import koinon.projects.origin.Origin;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.ProposalDecisions.Facts;
import koinon.projects.proposal.event.ProposalEvent;
import koinon.projects.proposal.event.ProposalEvent.*;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import koinon.projects.proposal.readiness.Readiness;
import koinon.projects.proposal.selection.Selection;
import koinon.projects.proposal.writing.Partnership;
import koinon.projects.submission.Submission;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A proposal of cities for a call.
///
/// A lead drafts it and invites partners; each city writes its own part and commits to it, and the commitment
/// lapses when the part changes. The lead's signatory submits it when it is ready, and may reopen it until the call
/// closes. The secretariat returns it for correction, decides its eligibility, and then selects it, reserve-lists
/// it or does not approve it, each with a reason. A selected proposal waits only for the funds: when all of them have
/// answered it is approved, or reserve-listed if one refused. The lead may withdraw it until it is selected.
///
/// Where the call holds decisions, a decision is only recorded, and takes effect when the call releases it; what is
/// decided later is held until the next release. Partners do not see it: anything else that happens ends it.
@Document("proposals")
@CompoundIndex(name = "call", def = "{'call': 1, '_id': 1}")
@CompoundIndex(name = "state", def = "{'state': 1, '_id': 1}")
@CompoundIndex(name = "city", def = "{'partnership.plan.parts.city': 1, '_id': 1}")
@CompoundIndex(name = "origin", def = "{'origin.kind': 1, 'origin._id': 1, '_id': 1}")
final class Proposal extends Aggregate<ProposalEvent> {

    private static final Right SECRETARIAT = Role.SECRETARIAT.ofNetwork();

    private State state = State.DRAFT;
    private String call = "";
    private String lead = "";
    private @Nullable Origin origin;
    private Partnership partnership = Partnership.initial("", "");
    private @Nullable Submission submission;
    private List<String> submissions = new ArrayList<>();
    private int judgedBy;
    private @Nullable Deadline returnedUntil;
    private Selection selection = Selection.NONE;

    @FreeText
    private @Nullable String reason;

    private List<String> decidedBy = List.of();

    private ProposalDecisions.Held held = ProposalDecisions.Held.NONE;

    /// The states of a proposal.
    enum State implements Lifecycle<State> {
        /// Being written by its partners.
        DRAFT("its partners write it, and its lead's signatory submits it."),
        /// Submitted; the secretariat checks its eligibility.
        SUBMITTED("its lead may reopen it until the deadline, and the secretariat may return it."),
        /// Returned for correction, with its own deadline.
        RETURNED("its lead submits it again by the deadline that it was given."),
        /// Eligible for selection.
        ELIGIBLE("the secretariat decides on it, or reverses its eligibility."),
        /// Not eligible by the call's rules.
        INELIGIBLE("another person of the secretariat may reverse that."),
        /// The funds are asked; no command is possible until all have answered.
        SELECTED("wait for the answers of its funds."),
        /// On the reserve list: worth funding, but without money for now.
        RESERVE_LISTED("the secretariat may select it, not approve it, or reverse that."),
        /// Not approved by the secretariat.
        NOT_APPROVED("another person of the secretariat may reverse that."),
        /// The money is reserved; its project is created.
        APPROVED("go on with its project, which has the same id."),
        /// Withdrawn by its lead.
        WITHDRAWN("its lead may draft another proposal.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        State after(ProposalEvent event) {
            return switch (event) {
                case ProposalDrafted _ -> from(DRAFT);
                case Edit _, PartnerEdit _ -> from(DRAFT, RETURNED);
                case PartnerSteppedBack _ -> from(SUBMITTED, ELIGIBLE, RESERVE_LISTED, SELECTED);
                case StepBackWithdrawn _ -> from(DRAFT, SUBMITTED, RETURNED, ELIGIBLE, RESERVE_LISTED);
                case ProposalSubmitted _ -> from(DRAFT, RETURNED).to(SUBMITTED);
                case ProposalReopened _ -> from(SUBMITTED).to(DRAFT);
                case ProposalReturned _ -> from(SUBMITTED).to(RETURNED);
                case FoundEligible _ -> from(SUBMITTED, DRAFT, RETURNED).to(ELIGIBLE);
                case FoundIneligible _ -> from(SUBMITTED, DRAFT, RETURNED).to(INELIGIBLE);
                case DecisionRecorded _ -> from(SUBMITTED, DRAFT, RETURNED, ELIGIBLE, RESERVE_LISTED);
                case TextRedacted _, NextChanged _ -> this;
                case EligibilityReversed _ -> from(ELIGIBLE, INELIGIBLE).to(SUBMITTED);
                case DecisionReversed _ -> from(RESERVE_LISTED, NOT_APPROVED).to(ELIGIBLE);
                case ProposalSelected _ -> from(ELIGIBLE, RESERVE_LISTED).to(SELECTED);
                case ReserveListed _ -> from(ELIGIBLE, SELECTED).to(RESERVE_LISTED);
                case NotApproved _ -> from(ELIGIBLE, RESERVE_LISTED).to(NOT_APPROVED);
                case ProposalApproved _ -> from(SELECTED).to(APPROVED);
                case ProposalWithdrawn _ ->
                    from(DRAFT, SUBMITTED, RETURNED, ELIGIBLE, RESERVE_LISTED).to(WITHDRAWN);
            };
        }
    }

    private Proposal() {}

    /// A placeholder, for an event that arrives before the proposal's own events.
    Proposal(String id) {
        super(id);
    }

    /// Drafts a proposal.
    ///
    /// @param city the lead; absent if it is not known
    /// @param known the origin that the facts name; absent if it is not known, or if they name none
    static Proposal draft(
            String id,
            ProposalDrafted facts,
            Call call,
            @Nullable KnownCity city,
            @Nullable KnownOrigin known,
            Actor by) {
        Actor editor = by.as(Role.CITY_EDITOR.ofCity(facts.lead()));
        KnownCity.mustBeAdmitted(facts.lead(), city, "/lead");
        call.mustTakeProposals(by.at());
        Bounds.line("/title", facts.title(), Plan.LONGEST_TITLE);
        KnownOrigin.mustBeAdmitted(facts.origin(), known);
        Proposal proposal = new Proposal(id);
        proposal.raise(facts, editor);
        return proposal;
    }

    void writeSummary(SummaryChanged summary, Call call, Actor by) {
        Actor editor = writer(Role.CITY_EDITOR.ofCity(lead), call, by);
        partnership.written(summary).check();
        raise(summary, editor);
    }

    void writeWorkPlan(List<Milestone> milestones, Call call, Actor by) {
        Actor editor = writer(Role.CITY_EDITOR.ofCity(lead), call, by);
        Plan.checkMilestones(milestones);
        raise(new WorkPlanChanged(milestones), editor);
    }

    /// Writes a city's own part. The city's commitment lapses; commitments of other cities stay valid.
    void writePart(PartnerPartChanged change, Call call, Actor by) {
        Actor editor = writer(Role.CITY_EDITOR.ofCity(change.city()), call, by);
        partnership.write(change, call.terms().currency()).forEach(it -> raise(it, editor));
    }

    void invite(String city, @Nullable KnownCity known, Call call, Actor by) {
        Actor editor = writer(Role.CITY_EDITOR.ofCity(lead), call, by);
        raise(partnership.invite(city, known), editor);
    }

    void remind(String city, Call call, Actor by) {
        Actor editor = writer(Role.CITY_EDITOR.ofCity(lead), call, by);
        raise(partnership.remind(city, lead, by.at()), editor);
    }

    void accept(String city, Call call, Actor by) {
        raise(new PartnerAccepted(city), writer(Role.CITY_SIGNATORY.ofCity(city), call, by));
    }

    void decline(String city, String reason, Actor by) {
        Actor signatory = by.as(Role.CITY_SIGNATORY.ofCity(city));
        raise(partnership.decline(city, lead, reason), signatory);
    }

    void remove(String city, String reason, Actor by) {
        Actor editor = by.as(Role.CITY_EDITOR.ofCity(lead));
        raise(partnership.remove(city, lead, reason), editor);
    }

    void commit(String city, Call call, Actor by) {
        Actor signatory = writer(Role.CITY_SIGNATORY.ofCity(city), call, by);
        raise(partnership.commit(city), signatory);
    }

    void withdrawCommitment(String city, String reason, Actor by) {
        raise(new CommitmentWithdrawn(city, Bounds.reason(reason)), by.as(Role.CITY_SIGNATORY.ofCity(city)));
    }

    /// The city does not stand by the submission any more, which can then neither be eligible nor selected.
    void stepBack(String city, String reason, Actor by) {
        Actor signatory = by.as(Role.CITY_SIGNATORY.ofCity(city));
        raise(partnership.stepBack(city, lead, reason), signatory);
    }

    void withdrawStepBack(String city, Actor by) {
        raise(new StepBackWithdrawn(city), by.as(Role.CITY_SIGNATORY.ofCity(city)));
    }

    /// The caller, with this right, while the proposal can still be submitted: nothing is written after the deadline.
    private Actor writer(Right right, Call call, Actor by) {
        Actor writer = by.as(right);
        state.from(State.DRAFT, State.RETURNED);
        if (isOver(call, by.at()))
            throw new RuleViolation("deadline-passed", "The deadline has passed; what was submitted counts.");
        return writer;
    }

    boolean isOver(Call call, Instant now) {
        return returnedUntil == null ? call.isClosed(now) : returnedUntil.isPast(now);
    }

    void submit(Call call, Map<String, KnownCity> cities, Actor by) {
        Actor signatory = by.as(Role.CITY_SIGNATORY.ofCity(lead));
        state.from(State.DRAFT, State.RETURNED);
        readiness(call, cities, by.at()).mustBeReady();
        raise(new ProposalSubmitted(submissions.size() + 1, call.edition(), plan()), signatory);
    }

    void reopen(Call call, Actor by) {
        Actor signatory = by.as(Role.CITY_SIGNATORY.ofCity(lead));
        state.from(State.SUBMITTED);
        call.mustBeOpen(by.at());
        raise(new ProposalReopened(), signatory);
    }

    void returnForCorrection(String reason, Deadline until, Actor by) {
        Actor secretariat = new ProposalDecisions(this).decider(by);
        raise(ProposalDecisions.returned(reason, until, by.at()), secretariat);
    }

    /// Makes a decision, or records it where the call holds decisions. A selection asks the funds; without funds the
    /// proposal is approved at once.
    ///
    /// @param beneficiaries of a selection, the partner city that a fund pays, by fund; the lead where absent
    void decide(Outcome outcome, String reason, Map<String, String> beneficiaries, Facts facts, Actor by) {
        Actor secretariat = new ProposalDecisions(this).decider(by);
        Call call = facts.call();
        DecisionRecorded decision = held.decision(outcome, reason, beneficiaries, call);
        Decision effect = new ProposalDecisions(this).effect(decision, facts, by.at());
        if (call.holdsDecisions()) raise(decision, secretariat);
        else takeEffect(effect, call, secretariat);
    }

    /// Reverses the last decision; by another person than who made it, and not in a concluded call.
    void reverseDecision(String reason, Call call, Actor by) {
        Actor secretariat = new ProposalDecisions(this).decider(by);
        raise(new ProposalDecisions(this).reversed(reason, call, secretariat), secretariat);
    }

    private void takeEffect(Decision decision, Call call, Actor by) {
        raise(decision, by);
        if (decision instanceof ProposalSelected && selection.isAnswered())
            raise(new ProposalDecisions(this).answered(call), by);
    }

    /// Puts into effect what was recorded before this release; drops it if it is not possible any more.
    ///
    /// @param number of the release
    void release(int number, Facts facts, Actor by) {
        @Nullable DecisionRecorded decision = held.pending();
        if (decision == null || decision.release() >= number) return;
        held = held.releasedBy(number);
        new ProposalDecisions(this)
                .effectIfPossible(decision, facts, by.at())
                .ifPresent(it -> takeEffect(it, facts.call(), by));
    }

    void withdraw(String reason, Actor by) {
        raise(new ProposalWithdrawn(Bounds.reason(reason)), by.as(Role.CITY_SIGNATORY.ofCity(lead)));
    }

    /// Records a fund's answer. Only answers to the current selection count; the last one decides the proposal.
    ///
    /// @param known the proposal's call; absent while the proposal is a placeholder
    void on(int number, String fund, Selection.Answer answer, @Nullable Call known, Actor by) {
        if (known == null || state != State.SELECTED || !selection.awaits(number, fund)) return;
        selection = selection.with(fund, answer);
        if (selection.isAnswered()) raise(new ProposalDecisions(this).answered(known), by);
    }

    @Override
    protected void when(ProposalEvent event, Actor by) {
        state = state.after(event);
        if (event instanceof Decision decision) reason = decision.reason();
        if ((event instanceof Decision || event instanceof DecisionRecorded) && !by.isSystem()) decidedBy = by.hands();
        held = held.after(event, sequence());
        switch (event) {
            case ProposalDrafted e -> {
                call = e.call();
                judgedBy = e.callVersion();
                lead = e.lead();
                origin = e.origin();
                partnership = Partnership.initial(e.title(), e.lead());
            }
            case SummaryChanged e -> {
                partnership = partnership.with(partnership.written(e));
                touch("summary");
            }
            case WorkPlanChanged e -> {
                partnership = partnership.with(plan().withMilestones(e.milestones()));
                touch("work-plan");
            }
            case PartnerEvent e -> {
                partnership = partnership.after(e, by.at());
                if (!(e instanceof PartnerReminded)) touch(Partnership.partOf(e.city()));
            }
            case ProposalSubmitted e -> {
                submission = Submission.of(id(), sequence(), e.version(), e.callVersion(), by.at(), e.plan());
                submissions.add(submission.id());
                judgedBy = e.callVersion();
                returnedUntil = null;
            }
            case ProposalReturned e -> returnedUntil = e.until();
            case FoundEligible _, FoundIneligible _ -> restoreSubmitted();
            case ProposalSelected e -> selection = new Selection(e.selection(), e.grants(), Map.of());
            case DecisionRecorded _, TextRedacted _, NextChanged _, ProposalReopened _ -> {}
            case EligibilityReversed _, DecisionReversed _ -> {}
            case ProposalWithdrawn _, NotApproved _, ReserveListed _, ProposalApproved _ -> {}
        }
    }

    /// From a decision on, the latest submission is the plan; later edits are discarded.
    private void restoreSubmitted() {
        partnership.publishedStates().keySet().forEach(this::touch);
        partnership = partnership.restoredTo(submitted());
        partnership.publishedStates().keySet().forEach(this::touch);
        Stream.of("summary", "work-plan").forEach(this::touch);
    }

    /// What submission would find now.
    Readiness readiness(Call call, Map<String, KnownCity> cities, Instant now) {
        return Readiness.of(plan(), partnership.uncommitted(), lead, call, returnedUntil, cities, now);
    }

    Partnership partnership() {
        return partnership;
    }

    Plan submitted() {
        if (submission == null) throw new RuleViolation("never-submitted", "It was never submitted.");
        return submission.plan();
    }

    @Override
    public PublishedState publishedState() {
        return PublishedState.of(state)
                .withParts(partnership.publishedStates())
                .with("partners", plan().parts().stream().map(Part::amounts).toList());
    }

    @Override
    protected void redact(String text, String reason, Actor by) {
        super.redact(text, reason, by.as(SECRETARIAT));
    }

    @Override
    protected ProposalEvent textRedacted(String digest, String reason) {
        return new TextRedacted(digest, reason);
    }

    @Override
    protected ProposalEvent nextActionsChanged() {
        return new NextChanged();
    }

    @Override
    protected Stream<NextAction> nextActions() {
        return new ProposalActions(this).all();
    }

    /// The scopes of the cities that are or were partners. Who holds a mandate for one of them decides nothing here.
    Set<String> partnerScopes() {
        return partnership.scopes(submission == null ? null : submission.plan());
    }

    /// The decision that the next release of the call puts into effect; absent if there is none.
    @Nullable
    DecisionRecorded recordedDecision() {
        return held.pending();
    }

    /// Hides the recorded decision from a reader. A proposal that was read so is not saved.
    Proposal withoutRecordedDecision() {
        held = held.releasedBy(Integer.MAX_VALUE);
        return this;
    }

    @Override
    public long etag(@Nullable String part) {
        return ProposalDecisions.Held.OF_PARTNERS.equals(part) ? held.versionOfPartners(version()) : super.etag(part);
    }

    State state() {
        return state;
    }

    String call() {
        return call;
    }

    /// The version of the call's terms that the proposal is judged by.
    int judgedBy() {
        return judgedBy;
    }

    String lead() {
        return lead;
    }

    /// What it came from; absent where nobody named it.
    @Nullable
    Origin origin() {
        return origin;
    }

    /// The plan being written; from the eligibility decision on, the latest submission.
    Plan plan() {
        return partnership.plan();
    }

    /// Whether it is submitted and its partners are not editing it again.
    boolean isHandedIn() {
        return submission != null && state != State.DRAFT;
    }

    /// The ids of its submissions, oldest first.
    List<String> submissions() {
        return List.copyOf(submissions);
    }

    /// The latest submission; absent before the first.
    @Nullable
    Submission submission() {
        return submission;
    }

    @Nullable
    Deadline returnedUntil() {
        return returnedUntil;
    }

    /// The hands that made the latest decision; another person reverses it.
    List<String> decidedBy() {
        return decidedBy;
    }

    Selection selection() {
        return selection;
    }

    /// The reason of the latest decision; absent when there was none.
    @Nullable
    String reason() {
        return reason;
    }
}
