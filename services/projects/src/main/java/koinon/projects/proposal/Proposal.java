package koinon.projects.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import koinon.platform.model.Forbidden;
import koinon.platform.model.Invalid;
import koinon.platform.model.Lifecycle;
import koinon.platform.model.Position;
import koinon.platform.model.RuleBroken;
import koinon.platform.model.bounds.Bounds;
import koinon.projects.call.Call;
import koinon.projects.city.KnownCity;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.ProposalEvent.*;
import koinon.projects.submission.Submission;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// What cities propose together under a call.
///
/// A lead drafts it and invites partners; each city writes its own part, commits to it, and its commitment lapses
/// when the part changes. The lead's signatory submits it when it is ready, and may reopen it until the call
/// closes. The secretariat returns it to be mended, finds it eligible or not, and then selects it, puts it on the
/// reserve list or does not approve it, each with a reason. Once selected it waits for the funds alone: when every
/// one of this selection has answered it is approved, or reserve-listed if one refused. Until it is selected the
/// lead may withdraw it.
@Document("proposals")
@CompoundIndex(name = "call", def = "{'call': 1, '_id': 1}")
@CompoundIndex(name = "state", def = "{'state': 1, '_id': 1}")
@CompoundIndex(name = "city", def = "{'partnership.plan.parts.city': 1, '_id': 1}")
final class Proposal extends Aggregate<ProposalEvent> {

    private static final String SECRETARIAT = "secretariat@network";

    private State state = State.DRAFT;
    private String call = "";
    private String lead = "";
    private Partnership partnership = Partnership.begun("", "");
    private @Nullable Submission submission;
    private List<String> submissions = new ArrayList<>();
    private int judgedBy;
    private @Nullable Deadline returnedUntil;
    private Selection selection = Selection.NONE;
    private @Nullable String reason;

    /// Where a proposal stands.
    enum State implements Lifecycle<State> {
        /// Being written by its partners.
        DRAFT,
        /// Handed in; the secretariat checks it.
        SUBMITTED,
        /// Given back to be mended, until a deadline of its own.
        RETURNED,
        /// Fit to be selected.
        ELIGIBLE,
        /// Not fit by the call's rules.
        INELIGIBLE,
        /// The funds are asked; nothing else is possible until all have answered.
        SELECTED,
        /// Good, and without money for now.
        RESERVE_LISTED,
        /// Decided against.
        NOT_APPROVED,
        /// Its money is reserved; a project begins.
        APPROVED,
        /// Taken back by its lead.
        WITHDRAWN;

        State after(ProposalEvent event) {
            return switch (event) {
                case ProposalDrafted _ -> from(DRAFT);
                case Written _ -> from(DRAFT, RETURNED);
                case ProposalSubmitted _ -> from(DRAFT, RETURNED).to(SUBMITTED);
                case ProposalReopened _ -> from(SUBMITTED).to(DRAFT);
                case ProposalReturned _ -> from(SUBMITTED).to(RETURNED);
                case FoundEligible _ -> from(SUBMITTED, DRAFT, RETURNED).to(ELIGIBLE);
                case FoundIneligible _ -> from(SUBMITTED, DRAFT, RETURNED).to(INELIGIBLE);
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

    /// A document for what is heard of a proposal before it is there.
    Proposal(String id) {
        super(id);
    }

    static Proposal draft(String id, Call call, String lead, @Nullable KnownCity city, String title, By by) {
        By editor = by.as(editor(lead));
        Partnership.mayTakePart(lead, city, "/lead");
        if (call.state() != Call.State.PUBLISHED || call.isClosed(by.at()))
            throw new RuleBroken("call-closed", "The call takes no new proposals: it is closed or not published.");
        Proposal proposal = new Proposal(id);
        proposal.raise(
                new ProposalDrafted(call.id(), call.edition(), lead, Bounds.text("/title", title, Plan.LONGEST_TITLE)),
                editor);
        return proposal;
    }

    void writeSummary(SummaryChanged summary, By by) {
        By editor = by.as(editor(lead));
        written(summary).check();
        raise(summary, editor);
    }

    private Plan written(SummaryChanged it) {
        return plan().withSummary(it.title(), it.summary(), it.themes(), it.sdgs(), it.startsOn(), it.endsOn());
    }

    void writeWorkPlan(List<Milestone> milestones, By by) {
        By editor = by.as(editor(lead));
        if (milestones.stream().map(Milestone::id).distinct().count() < milestones.size())
            throw new Invalid("/milestones", "Two milestones have the same id.");
        if (milestones.size() > Plan.MOST_MILESTONES)
            throw new Invalid("/milestones", "At most %d are allowed.".formatted(Plan.MOST_MILESTONES));
        for (int i = 0; i < milestones.size(); i++) milestones.get(i).check("/milestones/" + i);
        raise(new WorkPlanChanged(milestones), editor);
    }

    /// A city writes its own part; what others committed to stays, what this city committed to lapses.
    ///
    /// @param currency the call's
    void writePart(PartnerPartChanged change, String currency, By by) {
        By editor = by.as(editor(change.city()));
        Partnership.mustBeIn(currency, change);
        boolean lapses = partnership.lapsesBy(change);
        raise(change, editor);
        if (lapses)
            raise(
                    new CommitmentLapsed(
                            change.city(), "It was given for another budget, other contributions or other tasks."),
                    editor);
    }

    void invite(String city, @Nullable KnownCity known, By by) {
        By editor = by.as(editor(lead));
        Partnership.mayTakePart(city, known, "/city");
        if (plan().parts().size() >= Plan.MOST_PARTS)
            throw new RuleBroken(
                    "too-many-partners",
                    "A proposal has " + Plan.MOST_PARTS
                            + " partner cities at most; remove one before you invite another.");
        raise(new PartnerInvited(city), editor);
    }

    void accept(String city, By by) {
        raise(new PartnerAccepted(city), by.as(signatory(city)));
    }

    void decline(String city, String reason, By by) {
        By signatory = by.as(signatory(city));
        mustNotLead(city, "The lead does not decline; it withdraws the proposal.");
        raise(new PartnerDeclined(city, Bounds.reason(reason)), signatory);
    }

    void remove(String city, String reason, By by) {
        By editor = by.as(editor(lead));
        mustNotLead(city, "The lead is not removed; it withdraws the proposal.");
        raise(new PartnerRemoved(city, Bounds.reason(reason)), editor);
    }

    void commit(String city, By by) {
        By signatory = by.as(signatory(city));
        partnership.standing(city).from(Partnership.Standing.ACCEPTED);
        if (!partnership.hasWritten(city))
            throw new RuleBroken("part-not-written", "A city commits to its part, and it has not written it yet.");
        raise(new PartnerCommitted(city), signatory);
    }

    void withdrawCommitment(String city, String reason, By by) {
        raise(new CommitmentWithdrawn(city, Bounds.reason(reason)), by.as(signatory(city)));
    }

    void submit(Call call, Map<String, KnownCity> cities, By by) {
        By signatory = by.as(signatory(lead));
        state.from(State.DRAFT, State.RETURNED);
        Readiness readiness = readiness(call, cities, by.at());
        if (!readiness.ready()) throw new RuleBroken("not-ready", "It is not ready. " + readiness.missing());
        raise(new ProposalSubmitted(submissions.size() + 1, call.edition(), plan()), signatory);
    }

    void reopen(Call call, By by) {
        By signatory = by.as(signatory(lead));
        state.from(State.SUBMITTED);
        if (!call.isOpen(by.at()))
            throw new RuleBroken(
                    "call-closed", "It is reopened only while the call is open; what was submitted counts.");
        raise(new ProposalReopened(), signatory);
    }

    void giveBack(String reason, Deadline until, By by) {
        By secretariat = deciding(by);
        if (!until.hasKnownZone()) throw new Invalid("/until/zone", "There is no time zone " + until.zone() + ".");
        if (until.isPast(by.at())) throw new Invalid("/until/local", "The time to mend it lies ahead.");
        raise(new ProposalReturned(Bounds.reason(reason), until), secretariat);
    }

    /// Decides on what was last submitted, also when it was reopened or returned and not handed in again in time.
    void decideEligibility(boolean eligible, String reason, Call call, By by) {
        By secretariat = deciding(by);
        state.from(State.SUBMITTED, State.DRAFT, State.RETURNED);
        boolean over = returnedUntil == null ? call.isClosed(by.at()) : returnedUntil.isPast(by.at());
        if (state != State.SUBMITTED && (submission == null || !over))
            throw new RuleBroken(
                    "in-partners-hands",
                    submission == null
                            ? "It was never submitted."
                            : "Its partners may still hand it in again; decide after their deadline.");
        Bounds.reason(reason);
        raise(
                eligible
                        ? new FoundEligible(submissions.size(), reason)
                        : new FoundIneligible(submissions.size(), reason),
                secretariat);
    }

    /// Asks the funds; without any, it is approved at once.
    ///
    /// @param beneficiaries which partner city signs for a fund's money, where it is not the lead
    /// @param funds what is known of the call's funds
    void select(String reason, Map<String, String> beneficiaries, Call call, Collection<KnownFund> funds, By by) {
        By secretariat = deciding(by);
        state.from(State.ELIGIBLE, State.RESERVE_LISTED);
        if (call.state() == Call.State.CANCELLED)
            throw new RuleBroken("call-cancelled", "The call was cancelled; nothing is selected under it.");
        raise(selection.next(submitted(), lead, call, beneficiaries, funds, Bounds.reason(reason)), secretariat);
        if (selection.isAnswered()) approve(call, secretariat);
    }

    void reserveList(String reason, By by) {
        By secretariat = deciding(by);
        state.from(State.ELIGIBLE);
        raise(new ReserveListed(selection.number(), Bounds.reason(reason)), secretariat);
    }

    void notApprove(String reason, By by) {
        raise(new NotApproved(Bounds.reason(reason)), deciding(by));
    }

    void withdraw(String reason, By by) {
        raise(new ProposalWithdrawn(Bounds.reason(reason)), by.as(signatory(lead)));
    }

    /// Hears a fund's answer. Only one to the current selection counts; with the last of them it is decided.
    void hear(int number, String fund, Selection.Answer answer, Function<String, Call> calls, By by) {
        if (state != State.SELECTED || !selection.awaits(number, fund)) return;
        selection = selection.with(fund, answer);
        if (!selection.isAnswered()) return;
        if (selection.refusals().isEmpty()) approve(calls.apply(call), by);
        else raise(new ReserveListed(selection.number(), String.join(" ", selection.refusals())), by);
    }

    private void approve(Call call, By by) {
        raise(new ProposalApproved(selection.number(), selection.award(submitted(), lead, call)), by);
    }

    @Override
    protected void when(ProposalEvent event, By by) {
        state = state.after(event);
        if (event instanceof Reasoned decision) reason = decision.reason();
        switch (event) {
            case ProposalDrafted e -> {
                call = e.call();
                judgedBy = e.callVersion();
                lead = e.lead();
                partnership = Partnership.begun(e.title(), e.lead());
            }
            case SummaryChanged e -> {
                partnership = partnership.with(written(e));
                touch("summary");
            }
            case WorkPlanChanged e -> {
                partnership = partnership.with(plan().withMilestones(e.milestones()));
                touch("work-plan");
            }
            case PartnerEvent e -> {
                partnership = partnership.after(e);
                touch(partnerPart(e.city()));
            }
            case ProposalSubmitted e -> {
                String submitted = new Position("proposal/" + id(), sequence()).toString();
                submission = new Submission(submitted, id(), e.version(), e.callVersion(), by.at(), e.plan());
                submissions.add(submitted);
                judgedBy = e.callVersion();
                returnedUntil = null;
            }
            case ProposalReturned e -> returnedUntil = e.until();
            case FoundEligible _, FoundIneligible _ -> restoreSubmitted();
            case ProposalSelected e -> selection = new Selection(e.selection(), e.grants(), Map.of());
            case ProposalReopened _, ProposalWithdrawn _, NotApproved _, ReserveListed _, ProposalApproved _ -> {}
        }
    }

    /// From a decision on, what was last submitted is the plan, whatever was written since.
    private void restoreSubmitted() {
        Set<String> cities = new LinkedHashSet<>(partnership.standings().keySet());
        cities.addAll(submitted().cities());
        partnership = Partnership.committedTo(submitted());
        touch("summary");
        touch("work-plan");
        cities.forEach(it -> touch(partnerPart(it)));
    }

    /// The caller as the secretariat, who must have no part in any of the cities.
    private By deciding(By by) {
        By secretariat = by.as(SECRETARIAT);
        if (by.holdsAnyFor(partnership.scopes(submission == null ? null : submission.plan())))
            throw new Forbidden(
                    "partner-mandate", "Nobody decides on a proposal who holds a mandate for one of its cities.");
        return secretariat;
    }

    private void mustNotLead(String city, String sentence) {
        if (city.equals(lead)) throw new RuleBroken("is-lead", sentence);
    }

    private static String editor(String city) {
        return "city-editor@city/" + city;
    }

    private static String signatory(String city) {
        return "city-signatory@city/" + city;
    }

    /// The part with an ETag of its own that is one city's.
    static String partnerPart(String city) {
        return "partner/" + city;
    }

    /// What would be said at submission, now.
    Readiness readiness(Call call, Map<String, KnownCity> cities, Instant now) {
        return Readiness.of(partnership, lead, call, returnedUntil, cities, now);
    }

    Partnership partnership() {
        return partnership;
    }

    Plan submitted() {
        if (submission == null) throw new RuleBroken("never-submitted", "It was never submitted.");
        return submission.plan();
    }

    @Override
    public PublishedState publishedState() {
        Map<String, String> standings = new LinkedHashMap<>();
        partnership.standings().forEach((city, standing) -> standings.put(partnerPart(city), standing.name()));
        return PublishedState.of(state)
                .withParts(standings)
                .with("partners", plan().parts().stream().map(Part::amounts).toList());
    }

    State state() {
        return state;
    }

    String call() {
        return call;
    }

    /// The version of the call's terms that it is judged by.
    int judgedBy() {
        return judgedBy;
    }

    String lead() {
        return lead;
    }

    /// The plan being written, and from its eligibility on the one last submitted.
    Plan plan() {
        return partnership.plan();
    }

    /// Whether it has left its partners' hands: it was submitted, and they are not writing it again.
    boolean isHandedIn() {
        return submission != null && state != State.DRAFT;
    }

    /// The ids of its submissions, the first one first.
    List<String> submissions() {
        return Collections.unmodifiableList(submissions);
    }

    /// The last of them; absent before the first.
    @Nullable
    Submission submission() {
        return submission;
    }

    @Nullable
    Deadline returnedUntil() {
        return returnedUntil;
    }

    Selection selection() {
        return selection;
    }

    /// Why it stands where it stands, where someone decided so.
    @Nullable
    String reason() {
        return reason;
    }
}
