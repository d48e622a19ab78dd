package koinon.projects.call;

import static koinon.projects.call.Call.State.ARCHIVED;
import static koinon.projects.call.Call.State.CANCELLED;
import static koinon.projects.call.Call.State.DECIDED;
import static koinon.projects.call.Call.State.DRAFT;
import static koinon.projects.call.Call.State.PUBLISHED;

import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.Role;
import koinon.projects.call.CallEvent.CallArchived;
import koinon.projects.call.CallEvent.CallCancelled;
import koinon.projects.call.CallEvent.CallDecided;
import koinon.projects.call.CallEvent.CallDrafted;
import koinon.projects.call.CallEvent.CallPublished;
import koinon.projects.call.CallEvent.DecisionsReleased;
import koinon.projects.call.CallEvent.NextChanged;
import koinon.projects.call.CallEvent.TermsChanged;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Plan;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A call for proposals.
///
/// The secretariat drafts it and edits its terms until it is published, which freezes the terms. Cities submit
/// proposals while it is open; only its dates define that. After it closes and every proposal is decided, the call
/// is decided and later archived; before that it can be cancelled.
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

    /// The states of a call. Open and closed are not states; they are derived from the dates.
    public enum State implements Lifecycle<State> {
        /// Being written; visible only inside the network.
        DRAFT,
        /// The terms are frozen; open between its two dates.
        PUBLISHED,
        /// Every proposal has its decision.
        DECIDED,
        /// Kept for the record.
        ARCHIVED,
        /// Cancelled before it was decided.
        CANCELLED;

        State after(CallEvent event) {
            return switch (event) {
                case CallDrafted _, TermsChanged _ -> from(DRAFT);
                case CallPublished _ -> from(DRAFT).to(PUBLISHED);
                case DecisionsReleased _ -> from(PUBLISHED, DECIDED);
                case CallDecided _ -> from(PUBLISHED).to(DECIDED);
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
    void change(Terms terms, Collection<KnownFund> funds, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(DRAFT);
        raise(new TermsChanged(TermsCheck.checked(terms, funds)), secretariat);
    }

    void publish(Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(DRAFT);
        if (terms == null) throw new RuleViolation("no-terms", "A call is published with terms, and it has none.");
        if (terms.closes().isPast(by.at()))
            throw new RuleViolation("closes-in-the-past", "It would have closed at %s.", "closes", terms.closes());
        raise(new CallPublished(edition + 1, terms), secretariat);
    }

    void decide(@Nullable String reason, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(PUBLISHED);
        if (!terms().closes().isPast(by.at()))
            throw new RuleViolation(
                    "call-not-closed", "A call is decided after it closes, at %s.", "closes", terms().closes());
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

    void archive(Actor by) {
        raise(new CallArchived(), by.as(SECRETARIAT));
    }

    void cancel(String reason, Actor by) {
        raise(new CallCancelled(Bounds.reason(reason)), by.as(SECRETARIAT));
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
                withRelease(NextAction.of("call.decide", SECRETARIAT, "Conclude the call.")
                        .from(terms().closes().moment()));
            case DECIDED -> withRelease(NextAction.of("call.archive", SECRETARIAT, "Archive the call."));
            case ARCHIVED, CANCELLED -> Stream.of();
        };
    }

    private Stream<NextAction> withRelease(NextAction next) {
        return holdsDecisions()
                ? Stream.of(
                        NextAction.of("call.release-decisions", SECRETARIAT, "Release the recorded decisions."), next)
                : Stream.of(next);
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
            case CallDecided e -> reason = e.reason();
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

    /// Whether the deadline has passed.
    public boolean isClosed(Instant now) {
        return terms().closes().isPast(now);
    }
}
