package koinon.funding.fund;

import java.util.LinkedHashMap;
import java.util.Map;
import koinon.funding.fund.FundEvent.CallSetAside;
import koinon.funding.fund.FundEvent.EnvelopeLowered;
import koinon.funding.fund.FundEvent.EnvelopeRaised;
import koinon.funding.fund.FundEvent.FundOpened;
import koinon.funding.fund.FundEvent.FundRefused;
import koinon.funding.fund.FundEvent.FundReleased;
import koinon.funding.fund.FundEvent.FundReserved;
import koinon.funding.ledger.Accountable;
import koinon.funding.ledger.Posting;
import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
import koinon.platform.model.Lifecycle;
import koinon.platform.model.Money;
import koinon.platform.model.RuleBroken;
import koinon.platform.model.bounds.Bounds;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// A funder's envelope in one currency.
///
/// Its officers raise and lower the envelope and set parts of it aside for calls. When a proposal is selected, the
/// agreement asks the fund, and the fund holds the amount or refuses it with its reason, at once and by itself:
/// what it holds for a call never exceeds what is set aside for the call, and what is set aside never exceeds the
/// envelope. What an agreement gives back, or does not use up by its end, is released. Money that was paid stays
/// held here, since it is spent; what is committed and paid stands in the ledger.
@Document("funds")
final class Fund extends Aggregate<FundEvent> implements Accountable {

    private static final int LONGEST_NAME = 200;

    private State state = State.UNOPENED;

    @Indexed
    private String funder = "";

    private String name = "";
    private @Nullable String ownCity;
    private Money envelope = Money.zero("XXX");
    private Map<String, Money> setAsides = new LinkedHashMap<>();
    private Map<String, Hold> holds = new LinkedHashMap<>();

    /// The one line that a fund keeps for an agreement.
    ///
    /// @param amount held for it and not released; more than zero
    record Hold(String project, String call, Integer selection, Money amount) {}

    enum State implements Lifecycle<State> {
        /// Nobody opened it. It refuses whatever is asked of it, so that nobody waits for it for ever.
        UNOPENED,
        /// It holds money.
        OPEN;

        State after(FundEvent event) {
            return switch (event) {
                case FundOpened _ -> from(UNOPENED).to(OPEN);
                case FundRefused _ -> this;
                case FundEvent.MoneyEvent _, CallSetAside _ -> from(OPEN);
            };
        }
    }

    private Fund() {}

    private Fund(String id) {
        super(id);
    }

    /// What stands for a fund that was asked for money before anyone opened it. Ids of funds are never chosen by
    /// people, and a call draws only on funds that were heard to be opened, so this is the mark of a lost database:
    /// it refuses.
    static Fund unopened(String id) {
        return new Fund(id);
    }

    /// @throws Invalid on a currency that nobody pays in
    static Fund open(String id, String funder, String name, String currency, @Nullable String ownCity, By by) {
        By officer = by.as("funder-officer@funder/" + funder);
        if (!Money.isPayable(currency))
            throw new Invalid("/currency", "ISO 4217 has no currency " + currency + " that people pay in.");
        Fund fund = new Fund(id);
        fund.raise(
                new FundOpened(funder, Bounds.text("/name", name, LONGEST_NAME).strip(), currency, ownCity), officer);
        return fund;
    }

    void raiseEnvelope(Money amount, String reason, By by) {
        By officer = officer(by);
        mustBePositive(amount);
        Bounds.reason(reason);
        if (envelope.plus(amount).isBeyondEntry())
            throw new Invalid(
                    "/amount",
                    "This one has " + envelope + ". " + envelope.plus(amount).entryBound());
        raise(
                new EnvelopeRaised(
                        funder, amount, reason, Posting.move(amount, Posting.funder(funder), Posting.available(id()))),
                officer);
    }

    /// @throws RuleBroken `set-aside` when the rest would not cover what is set aside for calls
    void lowerEnvelope(Money amount, String reason, By by) {
        By officer = officer(by);
        mustBePositive(amount);
        Bounds.reason(reason);
        Money free = envelope.minus(setAside());
        if (amount.exceeds(free))
            throw new RuleBroken(
                    "set-aside",
                    "Of the envelope of " + envelope + " only " + free
                            + " are not set aside for calls; lower a set-aside" + " first.");
        raise(
                new EnvelopeLowered(
                        funder, amount, reason, Posting.move(amount, Posting.available(id()), Posting.funder(funder))),
                officer);
    }

    /// @param amount all that is set aside for the call from now on; zero takes it back
    /// @throws RuleBroken `held` below what is held for the call, `envelope` beyond what is there
    void setAside(String call, Money amount, By by) {
        By officer = officer(by);
        if (!call.matches("[a-z0-9-]{1,100}"))
            throw new Invalid("call", "The id of a call has letters, digits and hyphens.");
        mustBeInCurrency(amount);
        Bounds.amount("/amount", amount);
        Money held = heldFor(call);
        if (held.exceeds(amount))
            throw new RuleBroken("held", held + " are held for this call already; set aside at least as much.");
        Money free = envelope.minus(setAside()).plus(setAsideFor(call));
        if (amount.exceeds(free))
            throw new RuleBroken(
                    "envelope",
                    "Of the envelope of " + envelope + " only " + free + " are not set aside for other calls.");
        raise(new CallSetAside(call, amount), officer);
    }

    /// An agreement asks for money: it is held, or refused with the reason.
    void requested(
            String agreement, String project, String call, int selection, Money amount, String beneficiary, By by) {
        // An agreement asks anew only after it gave back what it had; its own order makes this true.
        released(agreement, "It asked anew.", by);
        @Nullable String refusal = refusal(call, amount, beneficiary);
        if (refusal == null)
            raise(
                    new FundReserved(
                            funder,
                            agreement,
                            project,
                            call,
                            selection,
                            amount,
                            Posting.move(amount, Posting.available(id()), Posting.held(id()))),
                    by);
        else
            raise(
                    new FundRefused(
                            state == State.OPEN ? funder : null, agreement, project, call, selection, amount, refusal),
                    by);
    }

    /// An agreement gives back all that is held for it.
    void released(String agreement, String reason, By by) {
        @Nullable Hold hold = holds.get(agreement);
        if (hold != null) release(agreement, hold, hold.amount(), reason, by);
    }

    /// An agreement is closed and did not use all that is held for it.
    void closed(String agreement, Money rest, By by) {
        @Nullable Hold hold = holds.get(agreement);
        if (hold != null && isInCurrency(rest) && rest.isPositive())
            release(agreement, hold, rest.min(hold.amount()), "The agreement is closed.", by);
    }

    private void release(String agreement, Hold hold, Money amount, String reason, By by) {
        raise(
                new FundReleased(
                        funder,
                        agreement,
                        hold.project(),
                        hold.selection(),
                        amount,
                        reason,
                        Posting.move(amount, Posting.held(id()), Posting.available(id()))),
                by);
    }

    private @Nullable String refusal(String call, Money amount, String beneficiary) {
        if (state == State.UNOPENED) return "There is no such fund.";
        if (!isInCurrency(amount))
            return "The fund pays in " + currency() + ", and " + amount.currency() + " was asked for.";
        if (!amount.isPositive()) return "Nothing was asked for.";
        if (beneficiary.equals(ownCity)) return "The fund is " + beneficiary + "'s own and never pays that city.";
        if (!setAsideFor(call).isPositive()) return "The fund has nothing set aside for this call.";
        // Without amounts: cities read this before the approval, and the total would tell them of each other's budgets.
        return amount.exceeds(freeFor(call))
                ? "Less is free of what is set aside for this call than was asked for."
                : null;
    }

    @Override
    protected void when(FundEvent event, By by) {
        state = state.after(event);
        switch (event) {
            case FundOpened e -> {
                funder = e.funder();
                name = e.name();
                ownCity = e.ownCity();
                envelope = Money.zero(e.currency());
            }
            case EnvelopeRaised e -> envelope = envelope.plus(e.amount());
            case EnvelopeLowered e -> envelope = envelope.minus(e.amount());
            case CallSetAside e -> {
                setAsides.put(e.call(), e.amount());
                touch(setAsidePart(e.call()));
            }
            case FundReserved e -> holds.put(e.agreement(), new Hold(e.project(), e.call(), e.selection(), e.amount()));
            case FundReleased e ->
                holds.computeIfPresent(e.agreement(), (_, it) -> {
                    Money rest = it.amount().minus(e.amount());
                    return rest.isPositive() ? new Hold(it.project(), it.call(), it.selection(), rest) : null;
                });
            case FundRefused _ -> {}
        }
    }

    /// The part of a fund that has an ETag of its own.
    static String setAsidePart(String call) {
        return "set-aside/" + call;
    }

    private By officer(By by) {
        return by.as("funder-officer@funder/" + funder);
    }

    private void mustBePositive(Money amount) {
        mustBeInCurrency(amount);
        Bounds.amount("/amount", amount);
        if (!amount.isPositive()) throw new Invalid("/amount", "The amount must be more than zero.");
    }

    private void mustBeInCurrency(Money amount) {
        if (!isInCurrency(amount)) throw new Invalid("/amount/currency", "The fund is in " + currency() + ".");
    }

    private boolean isInCurrency(Money amount) {
        return amount.currency().equals(currency());
    }

    State state() {
        return state;
    }

    @Override
    public PublishedState publishedState() {
        return PublishedState.of(state);
    }

    String funder() {
        return funder;
    }

    String name() {
        return name;
    }

    @Nullable
    String ownCity() {
        return ownCity;
    }

    String currency() {
        return envelope.currency();
    }

    Money envelope() {
        return envelope;
    }

    /// What is set aside, by call.
    Map<String, Money> setAsides() {
        return Map.copyOf(setAsides);
    }

    /// All that is set aside for calls.
    Money setAside() {
        return setAsides.values().stream().reduce(Money.zero(currency()), Money::plus);
    }

    /// What is held for each agreement.
    Map<String, Hold> holds() {
        return Map.copyOf(holds);
    }

    @Override
    public Map<String, Money> balances() {
        return Map.of(
                Posting.funder(funder), envelope.negated(),
                Posting.available(id()), envelope.minus(held()),
                Posting.held(id()), held());
    }

    Money setAsideFor(String call) {
        return setAsides.getOrDefault(call, Money.zero(currency()));
    }

    /// What is held for agreements and not released, whatever was paid of it since.
    Money held() {
        return holds.values().stream().map(Hold::amount).reduce(Money.zero(currency()), Money::plus);
    }

    Money heldFor(String call) {
        return holds.values().stream()
                .filter(it -> it.call().equals(call))
                .map(Hold::amount)
                .reduce(Money.zero(currency()), Money::plus);
    }

    /// What another agreement of the call could still have.
    Money freeFor(String call) {
        return setAsideFor(call).minus(heldFor(call));
    }
}
