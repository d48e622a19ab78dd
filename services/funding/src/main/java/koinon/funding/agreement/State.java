package koinon.funding.agreement;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.funding.Role;
import koinon.funding.agreement.AgreementEvent.*;
import koinon.funding.agreement.payment.Schedule;
import koinon.funding.agreement.payment.Tranche;

/// The states of an agreement and the events that each state allows.
enum State implements Lifecycle<State> {
    /// A placeholder: a fact arrived before the selection.
    PLACEHOLDER("wait until a proposal is selected."),
    /// The fund has been asked for the amount.
    REQUESTED("wait for the fund's answer."),
    /// The fund holds the amount.
    RESERVED("an officer offers it once the proposal is approved."),
    /// The fund refused, with a reason.
    REFUSED("a new selection asks the fund again."),
    /// The reserved amount was released.
    RELEASED("a new selection asks the fund again."),
    /// The funder offered it to the beneficiary.
    OFFERED("the beneficiary signs or declines."),
    /// The beneficiary declined.
    DECLINED("an officer may offer it again."),
    /// The beneficiary has signed; the countersignature is missing.
    SIGNED("an approver countersigns it."),
    /// The money is committed and tranches can be paid.
    IN_FORCE("its tranches are paid one by one."),
    /// The project is suspended, so its tranches are held.
    SUSPENDED("it goes on when its project is resumed."),
    /// The project was terminated early; only tranches that were sent to the bank are open.
    TERMINATED("only what was sent to the bank is still paid."),
    /// Nothing is left to pay, unless the bank returns a payment.
    CLOSED("record a bounced payment, which opens it again.");

    private final String way;

    State(String way) {
        this.way = way;
    }

    @Override
    public String way() {
        return way;
    }

    @Override
    public Set<String> flags() {
        return this == CLOSED ? Set.of("over") : Set.of();
    }

    State after(AgreementEvent event) {
        return switch (event) {
            case AgreementRequested _ -> from(PLACEHOLDER, REFUSED, RELEASED).to(REQUESTED);
            case AgreementReserved _ -> from(REQUESTED).to(RESERVED);
            case AgreementRefused _ -> from(REQUESTED).to(REFUSED);
            case AgreementReleased _ ->
                from(RESERVED, OFFERED, DECLINED, SIGNED).to(RELEASED);
            case AgreementOffered _ -> from(RESERVED, DECLINED).to(OFFERED);
            case AgreementDeclined _ -> from(OFFERED).to(DECLINED);
            case AgreementSigned _ -> from(OFFERED).to(SIGNED);
            case AgreementInForce _ -> from(SIGNED).to(IN_FORCE);
            case AgreementSuspended _ -> from(IN_FORCE).to(SUSPENDED);
            case AgreementResumed _ -> from(SUSPENDED, CLOSED).to(IN_FORCE);
            case AgreementTerminated _ -> from(IN_FORCE, SUSPENDED).to(TERMINATED);
            case AgreementClosed _ -> from(IN_FORCE, TERMINATED).to(CLOSED);
            case TranchePayable _, TrancheRequested _, TrancheAuthorised _, TrancheSent _, TrancheRestored _ ->
                from(IN_FORCE);
            case TrancheWithheld _ -> from(IN_FORCE, SUSPENDED);
            case TranchePaid _, TranchePaymentReversed _, TrancheFailed _, TrancheCancelled _ ->
                from(IN_FORCE, SUSPENDED, TERMINATED);
            case TrancheBounced _, TrancheUnfounded _, TrancheFounded _ ->
                from(IN_FORCE, SUSPENDED, TERMINATED, CLOSED);
            case TextRedacted _, NextChanged _ -> this;
        };
    }

    /// What can be done next with an agreement in this state.
    Stream<NextAction> nextActions(Agreement it) {
        Stream<NextAction> signing = switch (this) {
            case RESERVED -> it.isApproved() ? Stream.of(offering(it)) : Stream.of();
            case DECLINED -> Stream.of(offering(it));
            case OFFERED ->
                Stream.of(NextAction.of(
                        "agreement.sign",
                        Role.CITY_SIGNATORY.ofCity(it.beneficiary()),
                        "Sign or decline the agreement."));
            case SIGNED ->
                Stream.of(NextAction.of(
                                "agreement.countersign",
                                Role.FUNDER_APPROVER.ofFunder(it.funder()),
                                "Countersign the agreement.")
                        .notBy(it.offeredBy())
                        .notFor(it.partnerScopes()));
            case PLACEHOLDER, REQUESTED, REFUSED, RELEASED, IN_FORCE, SUSPENDED, TERMINATED, CLOSED -> Stream.of();
        };
        return Stream.concat(signing, it.schedule().tranches().stream().flatMap(tranche -> payment(it, tranche)));
    }

    private static NextAction offering(Agreement it) {
        return NextAction.of("agreement.offer", Role.FUNDER_OFFICER.ofFunder(it.funder()), "Offer the agreement.")
                .notFor(it.partnerScopes());
    }

    /// Outside of [#IN_FORCE] only the bank's answers are recorded.
    private Stream<NextAction> payment(Agreement it, Tranche tranche) {
        if (tranche.state() == Tranche.State.PLANNED && isBeforeTheEnd())
            return Stream.of(tranche.waiting(isInForce(it.id()), it.project()));
        return this == IN_FORCE || tranche.state() == Tranche.State.SENT
                ? tranche.payment(it.funder()).map(step -> step.notFor(it.partnerScopes()))
                : Stream.of();
    }

    /// The sums of an agreement.
    ///
    /// @param reserved held by the fund and not in force yet
    /// @param committed all money in force: paid and outstanding
    /// @param payable earned and not paid
    record Sums(Money reserved, Money committed, Money outstanding, Money payable, Money paid) {

        /// Those that readers of the events need, by name.
        Map<String, Money> named() {
            return Map.of("reserved", reserved, "committed", committed, "payable", payable, "paid", paid);
        }
    }

    /// The sums of an agreement in this state.
    ///
    /// @param agreed the amount requested from the fund
    Sums sums(Schedule schedule, Money agreed) {
        Money none = Money.zero(agreed.currency());
        Money paid = schedule.paid();
        Money reserved = switch (this) {
            case RESERVED, OFFERED, DECLINED, SIGNED -> agreed;
            case PLACEHOLDER, REQUESTED, REFUSED, RELEASED, IN_FORCE, SUSPENDED, TERMINATED, CLOSED -> none;
        };
        Money outstanding = switch (this) {
            case IN_FORCE, SUSPENDED, TERMINATED -> schedule.outstanding();
            case PLACEHOLDER, REQUESTED, RESERVED, REFUSED, RELEASED, OFFERED, DECLINED, SIGNED, CLOSED -> none;
        };
        return new Sums(
                reserved, paid.plus(outstanding), outstanding, schedule.earned().minus(paid), paid);
    }

    private boolean isBeforeTheEnd() {
        return switch (this) {
            case OFFERED, DECLINED, SIGNED, IN_FORCE, SUSPENDED -> true;
            case PLACEHOLDER, REQUESTED, RESERVED, REFUSED, RELEASED, TERMINATED, CLOSED -> false;
        };
    }

    /// The condition of every payment.
    private static Need isInForce(String agreement) {
        return Need.state(
                Sentence.of("agreement-in-force", "The agreement is not in force."),
                "agreement/" + agreement,
                IN_FORCE);
    }
}
