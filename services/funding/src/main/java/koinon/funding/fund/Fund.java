package koinon.funding.fund;

import java.util.LinkedHashMap;
import java.util.Map;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.funding.Role;
import koinon.funding.fund.FundEvent.CallSetAside;
import koinon.funding.fund.FundEvent.EnvelopeLowered;
import koinon.funding.fund.FundEvent.EnvelopeRaised;
import koinon.funding.fund.FundEvent.FundOpened;
import koinon.funding.fund.FundEvent.FundRefused;
import koinon.funding.fund.FundEvent.FundReleased;
import koinon.funding.fund.FundEvent.FundReserved;
import koinon.funding.ledger.LedgerAccountHolder;
import koinon.funding.ledger.Posting;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// A funder's envelope in one currency.
///
/// Its officers raise and lower the envelope and set parts of it aside for calls. When a proposal is selected, the
/// agreement asks the fund, and the fund automatically reserves the amount or refuses it with a reason. The
/// reserved amounts of a call never exceed its set-aside, and the set-asides never exceed the envelope. What an
/// agreement does not need or use is released. Paid money stays counted as held here, because it is spent; the
/// ledger says what is committed and paid.
@Document("funds")
final class Fund extends Aggregate<FundEvent> implements LedgerAccountHolder {

    private static final int LONGEST_NAME = 200;

    private State state = State.PLACEHOLDER;

    @Indexed
    private String funder = "";

    private String name = "";
    private @Nullable String ownCity;
    private Money envelope = Money.zero("XXX");
    private Map<String, Money> setAsides = new LinkedHashMap<>();
    private Map<String, Hold> holds = new LinkedHashMap<>();

    /// What a fund stores for one agreement.
    ///
    /// @param amount reserved and not released; more than zero
    record Hold(String project, String call, Integer selection, Money amount) {}

    enum State implements Lifecycle<State> {
        /// A placeholder: nobody opened this fund. It refuses every request, so that no agreement waits without
        /// end.
        PLACEHOLDER("open the fund first."),
        /// Open; it reserves money.
        OPEN("it reserves money for agreements.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        State after(FundEvent event) {
            return switch (event) {
                case FundOpened _ -> from(PLACEHOLDER).to(OPEN);
                case FundRefused _ -> this;
                case FundEvent.MoneyEvent _, CallSetAside _ -> from(OPEN);
            };
        }
    }

    private Fund() {}

    private Fund(String id) {
        super(id);
    }

    /// A fund that was asked for money before it was opened. The service assigns fund ids, and a call uses only
    /// funds whose opening was received, so this happens only after a database was lost. The placeholder refuses
    /// every request.
    static Fund placeholder(String id) {
        return new Fund(id);
    }

    /// @throws ValidationFailed when the currency is not a means of payment
    static Fund open(String id, String funder, String name, String currency, @Nullable String ownCity, Actor by) {
        Actor officer = by.as(Role.FUNDER_OFFICER.ofFunder(funder));
        if (!Money.isPayable(currency))
            throw new ValidationFailed(
                    "/currency",
                    "validation.currency",
                    "ISO 4217 has no currency %s that people pay in.",
                    "currency",
                    currency);
        Fund fund = new Fund(id);
        fund.raise(new FundOpened(funder, Bounds.line("/name", name, LONGEST_NAME), currency, ownCity), officer);
        return fund;
    }

    void raiseEnvelope(Money amount, String reason, Actor by) {
        Actor officer = officer(by);
        mustBePositive(amount);
        Bounds.reason(reason);
        if (envelope.plus(amount).isBeyondEntry())
            throw new ValidationFailed(
                    "/amount",
                    "fund.envelope-bound",
                    "This one has %s. %s",
                    "envelope",
                    envelope,
                    "bound",
                    envelope.plus(amount).entryBound());
        raise(
                new EnvelopeRaised(
                        funder, amount, reason, Posting.move(amount, Posting.funder(funder), Posting.available(id()))),
                officer);
    }

    /// @throws RuleViolation `set-aside` when the remaining envelope would not cover the set-asides
    void lowerEnvelope(Money amount, String reason, Actor by) {
        Actor officer = officer(by);
        mustBePositive(amount);
        Bounds.reason(reason);
        Money free = envelope.minus(setAside());
        if (amount.exceeds(free))
            throw new RuleViolation(
                    "set-aside",
                    "Of the envelope of %s only %s are not set aside for calls; lower a set-aside first.",
                    "envelope",
                    envelope,
                    "free",
                    free);
        raise(
                new EnvelopeLowered(
                        funder, amount, reason, Posting.move(amount, Posting.available(id()), Posting.funder(funder))),
                officer);
    }

    /// @param amount new total set aside for the call; zero removes the set-aside
    /// @throws RuleViolation `held` when it is below the reserved amounts of the call, `envelope` when it exceeds
    /// the envelope
    void setAside(String call, Money amount, Actor by) {
        Actor officer = officer(by);
        if (!call.matches("[a-z0-9-]{1,100}"))
            throw new ValidationFailed(
                    "call", "validation.call-id", "The id of a call has letters, digits and hyphens.");
        mustBeInCurrency(amount);
        Bounds.amount("/amount", amount);
        Money held = heldFor(call);
        if (held.exceeds(amount))
            throw new RuleViolation(
                    "held", "%s are held for this call already; set aside at least as much.", "held", held);
        Money free = envelope.minus(setAside()).plus(setAsideFor(call));
        if (amount.exceeds(free))
            throw new RuleViolation(
                    "envelope",
                    "Of the envelope of %s only %s are not set aside for other calls.",
                    "envelope",
                    envelope,
                    "free",
                    free);
        raise(new CallSetAside(call, amount), officer);
    }

    /// Reserves the requested amount for an agreement, or refuses it with a reason.
    void requested(
            String agreement, String project, String call, int selection, Money amount, String beneficiary, Actor by) {
        // An agreement requests again only after it released its amount, and its events arrive in order. This is a
        // safeguard.
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

    /// Releases all that is held for an agreement.
    void released(String agreement, String reason, Actor by) {
        @Nullable Hold hold = holds.get(agreement);
        if (hold != null) release(agreement, hold, hold.amount(), reason, by);
    }

    /// Releases the unused rest of a closed agreement.
    void closed(String agreement, Money rest, Actor by) {
        @Nullable Hold hold = holds.get(agreement);
        if (hold != null && isInCurrency(rest) && rest.isPositive())
            release(agreement, hold, rest.min(hold.amount()), "The agreement is closed.", by);
    }

    private void release(String agreement, Hold hold, Money amount, String reason, Actor by) {
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
        if (state == State.PLACEHOLDER) return "There is no such fund.";
        if (!isInCurrency(amount))
            return "The fund pays in " + currency() + ", and " + amount.currency() + " was asked for.";
        if (!amount.isPositive()) return "Nothing was asked for.";
        if (beneficiary.equals(ownCity)) return "The fund is " + beneficiary + "'s own and never pays that city.";
        if (!setAsideFor(call).isPositive()) return "The fund has nothing set aside for this call.";
        // The reason names no amounts: cities read it before the approval, and a total would reveal other cities'
        // budgets.
        return amount.exceeds(freeFor(call))
                ? "Less is free of what is set aside for this call than was asked for."
                : null;
    }

    @Override
    protected void when(FundEvent event, Actor by) {
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

    /// The name of the part with its own ETag.
    static String setAsidePart(String call) {
        return "set-aside/" + call;
    }

    private Actor officer(Actor by) {
        return by.as(Role.FUNDER_OFFICER.ofFunder(funder));
    }

    private void mustBePositive(Money amount) {
        mustBeInCurrency(amount);
        Bounds.amount("/amount", amount);
        if (!amount.isPositive())
            throw new ValidationFailed("/amount", "validation.amount-positive", "The amount must be more than zero.");
    }

    private void mustBeInCurrency(Money amount) {
        if (!isInCurrency(amount))
            throw new ValidationFailed(
                    "/amount/currency", "fund.currency", "The fund is in %s.", "currency", currency());
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

    /// The set-asides by call.
    Map<String, Money> setAsides() {
        return Map.copyOf(setAsides);
    }

    /// The total of all set-asides.
    Money setAside() {
        return setAsides.values().stream().reduce(Money.zero(currency()), Money::plus);
    }

    /// The holds by agreement.
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

    /// The total held for agreements and not released, including what was paid since.
    Money held() {
        return holds.values().stream().map(Hold::amount).reduce(Money.zero(currency()), Money::plus);
    }

    Money heldFor(String call) {
        return holds.values().stream()
                .filter(it -> it.call().equals(call))
                .map(Hold::amount)
                .reduce(Money.zero(currency()), Money::plus);
    }

    /// What is set aside for the call and not held for an agreement.
    Money freeFor(String call) {
        return setAsideFor(call).minus(heldFor(call));
    }
}
