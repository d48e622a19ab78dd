package koinon.projects.call;

import static koinon.projects.call.Call.State.ARCHIVED;
import static koinon.projects.call.Call.State.CANCELLED;
import static koinon.projects.call.Call.State.DECIDED;
import static koinon.projects.call.Call.State.DRAFT;
import static koinon.projects.call.Call.State.PUBLISHED;

import java.time.Instant;
import java.util.Collection;
import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import koinon.platform.model.Lifecycle;
import koinon.platform.model.RuleBroken;
import koinon.platform.model.bounds.Bounds;
import koinon.projects.call.CallEvent.CallArchived;
import koinon.projects.call.CallEvent.CallCancelled;
import koinon.projects.call.CallEvent.CallDecided;
import koinon.projects.call.CallEvent.CallDrafted;
import koinon.projects.call.CallEvent.CallPublished;
import koinon.projects.call.CallEvent.TermsChanged;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Plan;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A call for proposals.
///
/// The secretariat drafts it and writes its terms until it is published; then they are frozen, and cities propose
/// while it is open, which its dates alone say. Once it has closed and everything is decided it is decided, later
/// archived; before that it can be cancelled.
@Document("calls")
@CompoundIndex(name = "state", def = "{'state': 1, '_id': 1}")
@CompoundIndex(name = "fund", def = "{'terms.funds.fund': 1, '_id': 1}")
public final class Call extends Aggregate<CallEvent> {

    private static final String SECRETARIAT = "secretariat@network";

    private String title = "";
    private State state = DRAFT;
    private int edition;
    private @Nullable Terms terms;
    private @Nullable String reason;

    /// Where a call stands. Whether it is open is not a state: the clock says it.
    public enum State implements Lifecycle<State> {
        /// Being written; nobody outside sees it.
        DRAFT,
        /// Its terms are frozen; open from its first to its last moment.
        PUBLISHED,
        /// Every proposal has its decision.
        DECIDED,
        /// Kept for the record.
        ARCHIVED,
        /// Given up before it was decided.
        CANCELLED;

        State after(CallEvent event) {
            return switch (event) {
                case CallDrafted _, TermsChanged _ -> from(DRAFT);
                case CallPublished _ -> from(DRAFT).to(PUBLISHED);
                case CallDecided _ -> from(PUBLISHED).to(DECIDED);
                case CallArchived _ -> from(DECIDED).to(ARCHIVED);
                case CallCancelled _ -> from(DRAFT, PUBLISHED).to(CANCELLED);
            };
        }
    }

    private Call() {}

    private Call(String id) {
        super(id);
    }

    static Call draft(String id, String title, By by) {
        Call call = new Call(id);
        call.raise(new CallDrafted(Bounds.text("/title", title, Plan.LONGEST_TITLE)), by.as(SECRETARIAT));
        return call;
    }

    /// @param funds those of the terms' funds that are known
    void change(Terms terms, Collection<KnownFund> funds, By by) {
        By secretariat = by.as(SECRETARIAT);
        state.from(DRAFT);
        raise(new TermsChanged(TermsCheck.checked(terms, funds)), secretariat);
    }

    void publish(By by) {
        By secretariat = by.as(SECRETARIAT);
        state.from(DRAFT);
        if (terms == null) throw new RuleBroken("no-terms", "A call is published with terms, and it has none.");
        if (terms.closes().isPast(by.at()))
            throw new RuleBroken("closes-in-the-past", "It would have closed at " + terms.closes() + ".");
        raise(new CallPublished(edition + 1, terms), secretariat);
    }

    void decide(@Nullable String reason, By by) {
        By secretariat = by.as(SECRETARIAT);
        state.from(PUBLISHED);
        if (!terms().closes().isPast(by.at()))
            throw new RuleBroken("call-not-closed", "A call is decided after it closes, at " + terms().closes() + ".");
        raise(
                new CallDecided(reason == null ? null : Bounds.atMost("/reason", reason, Bounds.LONGEST_REASON)),
                secretariat);
    }

    void archive(By by) {
        raise(new CallArchived(), by.as(SECRETARIAT));
    }

    void cancel(String reason, By by) {
        raise(new CallCancelled(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    @Override
    protected void when(CallEvent event, By by) {
        state = state.after(event);
        switch (event) {
            case CallDrafted e -> title = e.title();
            case TermsChanged e -> {
                terms = e.terms();
                title = e.terms().title();
            }
            case CallPublished e -> edition = e.version();
            case CallDecided e -> reason = e.reason();
            case CallArchived _ -> {}
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

    /// The number of the terms that hold; 0 before the first were published.
    public int edition() {
        return edition;
    }

    /// Why it was decided or cancelled, where someone said so.
    public @Nullable String reason() {
        return reason;
    }

    /// The terms, while drafting too; absent before the first were written.
    public @Nullable Terms draftTerms() {
        return terms;
    }

    /// The terms that hold.
    ///
    /// @throws RuleBroken `call-not-published` before there are any
    public Terms terms() {
        if (terms == null || edition == 0) throw new RuleBroken("call-not-published", "The call is not published yet.");
        return terms;
    }

    /// Whether proposals are taken at this moment.
    public boolean isOpen(Instant now) {
        return state == PUBLISHED
                && terms().opens().isPast(now)
                && !terms().closes().isPast(now);
    }

    /// Whether the last moment for proposals is over.
    public boolean isClosed(Instant now) {
        return terms().closes().isPast(now);
    }
}
