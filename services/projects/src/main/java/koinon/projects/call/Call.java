package koinon.projects.call;

import static koinon.projects.call.Call.State.ARCHIVED;
import static koinon.projects.call.Call.State.CANCELLED;
import static koinon.projects.call.Call.State.DECIDED;
import static koinon.projects.call.Call.State.DRAFT;
import static koinon.projects.call.Call.State.PUBLISHED;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
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
import koinon.eventing.model.NotFromEvents;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.Role;
import koinon.projects.call.CallEvent.CallAmended;
import koinon.projects.call.CallEvent.CallArchived;
import koinon.projects.call.CallEvent.CallCancelled;
import koinon.projects.call.CallEvent.CallDecided;
import koinon.projects.call.CallEvent.CallDrafted;
import koinon.projects.call.CallEvent.CallPublished;
import koinon.projects.call.CallEvent.CallReopened;
import koinon.projects.call.CallEvent.DecisionLapsed;
import koinon.projects.call.CallEvent.DecisionsReleased;
import koinon.projects.call.CallEvent.NextChanged;
import koinon.projects.call.CallEvent.TermsChanged;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Plan;
import koinon.projects.plan.Thresholds;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A call for proposals.
///
/// The secretariat drafts it and edits its terms until it is published, which freezes the terms. Cities submit
/// proposals while it is open; only its dates define that. A published call is amended only by a new version of its
/// terms with a reason, such as a later deadline. After it closes and every proposal is decided, the call is decided
/// and later archived; a decided call can be opened again, and one that is not decided can be cancelled.
@Document("calls")
@CompoundIndex(name = "state", def = "{'state': 1, '_id': 1}")
@CompoundIndex(name = "fund", def = "{'terms.funds.fund': 1, '_id': 1}")
public final class Call extends Aggregate<CallEvent> {

    private static final Right SECRETARIAT = Role.SECRETARIAT.ofNetwork();

    private String title = "";
    private State state = DRAFT;
    private int edition;
    private int releases;
    private @Nullable Terms terms;
    private @Nullable String reason;
    private List<String> decidedBy = List.of();

    @NotFromEvents
    private Map<String, Pending> pending = new LinkedHashMap<>();

    /// How far a submitted proposal is whose decision is not final.
    public enum Pending {
        /// Submitted, and its eligibility is not decided.
        SUBMITTED,
        /// Eligible, and not decided.
        ELIGIBLE,
        /// Selected; its funds have not all answered.
        SELECTED,
        /// Decided, and it may still be selected.
        RESERVE_LISTED;

        private boolean waitsForDecision() {
            return this == SUBMITTED || this == ELIGIBLE;
        }
    }

    /// The states of a call. Open and closed are not states; they are derived from the dates.
    public enum State implements Lifecycle<State> {
        /// Being written; visible only inside the network.
        DRAFT("write its terms and publish it."),
        /// The terms are frozen; open between its two dates.
        PUBLISHED("its terms are frozen; amend it to change its deadline, title or thresholds."),
        /// Every proposal has its decision.
        DECIDED("another person of the secretariat may open it again."),
        /// Kept for the record.
        ARCHIVED("it is final; draft another call."),
        /// Cancelled before it was decided.
        CANCELLED("it is final; draft another call.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        State after(CallEvent event) {
            return switch (event) {
                case CallDrafted _, TermsChanged _ -> from(DRAFT);
                case CallPublished _ -> from(DRAFT).to(PUBLISHED);
                case CallAmended _ -> from(PUBLISHED);
                case DecisionsReleased _ -> from(PUBLISHED, DECIDED);
                case CallDecided _ -> from(PUBLISHED).to(DECIDED);
                case CallReopened _ -> from(DECIDED).to(PUBLISHED);
                case DecisionLapsed _ -> from(DECIDED, ARCHIVED).to(PUBLISHED);
                case CallArchived _ -> from(DECIDED).to(ARCHIVED);
                case CallCancelled _ -> from(DRAFT, PUBLISHED).to(CANCELLED);
                case NextChanged _ -> this;
            };
        }
    }

    private Call() {}

    private Call(String id) {
        super(id);
    }

    static Call draft(String id, String title, Actor by) {
        Call call = new Call(id);
        call.raise(new CallDrafted(Bounds.line("/title", title, Plan.LONGEST_TITLE)), by.as(SECRETARIAT));
        return call;
    }

    /// @param funds the known funds among those that the terms name
    /// @param groups the ids of the known groups among those that its rules name
    void change(Terms terms, Collection<KnownFund> funds, Set<String> groups, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(DRAFT);
        raise(new TermsChanged(TermsCheck.checked(terms, funds, groups)), secretariat);
    }

    void publish(Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(DRAFT);
        if (terms == null) throw new RuleViolation("no-terms", "A call is published with terms, and it has none.");
        if (terms.closes().isPast(by.at()))
            throw new RuleViolation("closes-in-the-past", "It would have closed at %s.", "closes", terms.closes());
        raise(new CallPublished(edition + 1, terms), secretariat);
    }

    /// Changes what may change after the publication; absent values stay.
    ///
    /// @param closes later than the current deadline and in the future; it may extend one that has passed
    void amend(
            @Nullable String title,
            @Nullable Deadline closes,
            @Nullable Thresholds thresholds,
            String reason,
            Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(PUBLISHED);
        Terms before = terms();
        Terms after = before.with(
                title == null || title.isBlank() ? before.title() : title,
                closes == null ? before.closes() : closes,
                thresholds == null ? before.thresholds() : thresholds);
        Bounds.reason(reason);
        TermsCheck.amended(before, after, by.at());
        raise(new CallAmended(edition + 1, after, reason), secretariat);
    }

    void decide(@Nullable String reason, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(PUBLISHED);
        if (!terms().closes().isPast(by.at()))
            throw new RuleViolation(
                    "call-not-closed", "A call is decided after it closes, at %s.", "closes", terms().closes());
        List<String> open = pendingIn(Pending.SUBMITTED, Pending.ELIGIBLE, Pending.SELECTED);
        if (!open.isEmpty())
            throw new RuleViolation(
                    "proposals-undecided",
                    "Decide on these proposals first: %s.",
                    "proposals",
                    String.join(", ", open));
        raise(
                new CallDecided(reason == null ? null : Bounds.atMost("/reason", reason, Bounds.LONGEST_REASON)),
                secretariat);
    }

    /// Releases all decisions that are recorded on its proposals. Later decisions are held until the next release.
    void releaseDecisions(Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(PUBLISHED, DECIDED);
        if (!holdsDecisions())
            throw new RuleViolation(
                    "decisions-not-held", "The call does not hold decisions; each takes effect at once.");
        raise(new DecisionsReleased(releases + 1), secretariat);
    }

    /// Opens a decided call again, so that a decision can be reversed.
    void reopen(String reason, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(DECIDED);
        secretariat.mustNotBe(decidedBy, "reopen", "Someone other than who concluded the call opens it again.");
        raise(new CallReopened(Bounds.reason(reason)), secretariat);
    }

    void archive(Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(DECIDED);
        List<String> open = pendingIn(Pending.values());
        if (!open.isEmpty())
            throw new RuleViolation(
                    "proposals-pending",
                    "These proposals may still be selected; select or do not approve them first: %s.",
                    "proposals",
                    String.join(", ", open));
        raise(new CallArchived(), secretariat);
    }

    void cancel(String reason, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(DRAFT, PUBLISHED);
        List<String> selected = pendingIn(Pending.SELECTED);
        if (!selected.isEmpty())
            throw new RuleViolation(
                    "proposals-selected",
                    "The funds are being asked for these proposals; cancel the call after they have answered: %s.",
                    "proposals",
                    String.join(", ", selected));
        raise(new CallCancelled(Bounds.reason(reason)), secretariat);
    }

    /// Stores how far one of its proposals is. A proposal that was submitted while the call was being decided opens it
    /// again.
    ///
    /// @param now absent when its decision is final
    public void heard(String proposal, @Nullable Pending now, Actor by) {
        if (now == null) pending.remove(proposal);
        else pending.put(proposal, now);
        if (now != null && now.waitsForDecision() && (state == DECIDED || state == ARCHIVED))
            raise(new DecisionLapsed(proposal), by);
    }

    /// A call that nothing is known of yet, for an event that arrives before its own.
    public static Call placeholder(String id) {
        return new Call(id);
    }

    private List<String> pendingIn(Pending... states) {
        Set<Pending> wanted = Set.of(states);
        return pending.entrySet().stream()
                .filter(it -> wanted.contains(it.getValue()))
                .map(it -> it.getKey() + " (" + it.getValue() + ")")
                .toList();
    }

    @Override
    protected Stream<NextAction> nextActions() {
        return switch (state) {
            case DRAFT ->
                terms == null
                        ? Stream.of(NextAction.of("call.write", SECRETARIAT, "Write the terms of the call."))
                        : Stream.of(NextAction.of("call.publish", SECRETARIAT, "Publish the call.")
                                .until(terms.closes().moment()));
            case PUBLISHED ->
                withRelease(
                        pendingIn(Pending.SUBMITTED, Pending.ELIGIBLE, Pending.SELECTED)
                                        .isEmpty()
                                ? Stream.of(NextAction.of("call.decide", SECRETARIAT, "Conclude the call.")
                                        .from(terms().closes().moment()))
                                : Stream.of());
            case DECIDED ->
                withRelease(
                        pending.isEmpty()
                                ? Stream.of(NextAction.of("call.archive", SECRETARIAT, "Archive the call."))
                                : Stream.of());
            case ARCHIVED, CANCELLED -> Stream.of();
        };
    }

    private Stream<NextAction> withRelease(Stream<NextAction> next) {
        return holdsDecisions()
                ? Stream.concat(
                        Stream.of(NextAction.of(
                                "call.release-decisions", SECRETARIAT, "Release the recorded decisions.")),
                        next)
                : next;
    }

    @Override
    protected CallEvent nextActionsChanged() {
        return new NextChanged();
    }

    @Override
    protected void when(CallEvent event, Actor by) {
        state = state.after(event);
        switch (event) {
            case CallDrafted e -> title = e.title();
            case TermsChanged e -> {
                terms = e.terms();
                title = e.terms().title();
            }
            case CallPublished e -> edition = e.version();
            case CallAmended e -> {
                edition = e.version();
                terms = e.terms();
                title = e.terms().title();
            }
            case CallDecided e -> {
                reason = e.reason();
                decidedBy = by.hands();
            }
            case CallReopened e -> reason = e.reason();
            case DecisionLapsed _ -> reason = null;
            case DecisionsReleased e -> releases = e.number();
            case CallArchived _, NextChanged _ -> {}
            case CallCancelled e -> reason = e.reason();
        }
    }

    public String title() {
        return title;
    }

    public State state() {
        return state;
    }

    @Override
    public PublishedState publishedState() {
        return PublishedState.of(state);
    }

    /// The version of the published terms; 0 before the first publication.
    public int edition() {
        return edition;
    }

    /// How often recorded decisions were released.
    public int releases() {
        return releases;
    }

    /// Whether decisions on its proposals are held until they are released together.
    public boolean holdsDecisions() {
        return terms != null && Boolean.TRUE.equals(terms.holdsDecisions());
    }

    /// Why it was decided or cancelled; absent when no reason was given.
    public @Nullable String reason() {
        return reason;
    }

    /// The terms, also while the call is a draft; absent before they are first written.
    public @Nullable Terms draftTerms() {
        return terms;
    }

    /// The published terms.
    ///
    /// @throws RuleViolation `call-not-published` before the first publication
    public Terms terms() {
        if (terms == null || edition == 0)
            throw new RuleViolation("call-not-published", "The call is not published yet.");
        return terms;
    }

    /// Whether proposals can be submitted at this time.
    public boolean isOpen(Instant now) {
        return state == PUBLISHED
                && terms().opens().isPast(now)
                && !terms().closes().isPast(now);
    }

    /// @throws RuleViolation where it is not open
    public void mustBeOpen(Instant now) {
        if (!isOpen(now))
            throw new RuleViolation("call-closed.reopening", "It is reopened only while the call is open.");
    }

    /// Proposals are drafted from its publication until its deadline.
    ///
    /// @throws RuleViolation where it takes none
    public void mustTakeProposals(Instant now) {
        if (state != PUBLISHED || isClosed(now))
            throw new RuleViolation(
                    "call-closed.drafting", "The call takes no new proposals: it is closed or not published.");
    }

    /// Whether the deadline has passed.
    public boolean isClosed(Instant now) {
        return terms().closes().isPast(now);
    }
}
