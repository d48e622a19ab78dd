package koinon.funding.agreement;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import koinon.funding.agreement.AgreementEvent.OfferedTranche;
import koinon.funding.agreement.AgreementEvent.TrancheEvent;
import koinon.funding.agreement.Tranche.Progress;
import koinon.platform.model.By;
import koinon.platform.model.Money;

/// An agreement's tranches in the order of the call's scheme: what will be paid when, and what was.
///
/// @param amount all of the agreement's money that was not given back
record Schedule(Money amount, List<Tranche> tranches) {

    Schedule {
        tranches = List.copyOf(tranches);
    }

    static Schedule none(Money amount) {
        return new Schedule(amount, List.of());
    }

    static Schedule of(Money amount, List<OfferedTranche> offered) {
        return new Schedule(amount, offered.stream().map(Tranche::of).toList());
    }

    Optional<Tranche> find(String tranche) {
        return first(it -> it.id().equals(tranche));
    }

    /// The next one that lost a verification it rests on and that the bank does not have.
    Optional<Tranche> toWithhold(Progress progress) {
        return first(it -> it.isRevocable() && it.hasLost(progress));
    }

    /// The next one whose conditions are all met.
    Optional<Tranche> due(Progress progress) {
        return first(it -> it.isDue(progress));
    }

    /// The next one that a termination ends.
    Optional<Tranche> toCancel() {
        return first(it -> !it.isDone() && it.state() != Tranche.State.SENT);
    }

    /// Those that the bank has or had and that rest on this milestone.
    List<Tranche> payingFor(String milestone) {
        return tranches.stream()
                .filter(it -> it.state() == Tranche.State.SENT || it.state() == Tranche.State.PAID)
                .filter(it -> it.restsOn(milestone))
                .toList();
    }

    /// Without what was given back when nothing was left to pay: all that no tranche took.
    Schedule withoutRest() {
        return new Schedule(sum(Tranche::taken), tranches);
    }

    boolean isDone() {
        return tranches.stream().allMatch(Tranche::isDone);
    }

    /// What no tranche takes yet.
    Money free() {
        return amount.minus(sum(Tranche::taken));
    }

    /// What is promised and not paid.
    Money outstanding() {
        return amount.minus(paid());
    }

    Money paid() {
        return sum(Tranche::paid);
    }

    /// The money of an agreement.
    ///
    /// @param reserved held by the fund and not in force yet
    /// @param committed all that is in force: what is paid and what is outstanding
    /// @param payable earned and not paid
    record Sums(Money reserved, Money committed, Money outstanding, Money payable, Money paid) {}

    /// The money of an agreement with this schedule.
    ///
    /// @param agreed what the fund was asked for
    Sums sums(State state, Money agreed) {
        Money none = Money.zero(agreed.currency());
        Money reserved = switch (state) {
            case RESERVED, OFFERED, DECLINED, SIGNED -> agreed;
            case EXPECTED, REQUESTED, REFUSED, RELEASED, IN_FORCE, SUSPENDED, TERMINATED, CLOSED -> none;
        };
        Money outstanding = switch (state) {
            case IN_FORCE, SUSPENDED, TERMINATED -> outstanding();
            case EXPECTED, REQUESTED, RESERVED, REFUSED, RELEASED, OFFERED, DECLINED, SIGNED, CLOSED -> none;
        };
        return new Sums(
                reserved,
                paid().plus(outstanding),
                outstanding,
                sum(Tranche::taken).minus(paid()),
                paid());
    }

    Schedule after(TrancheEvent event, By by) {
        return new Schedule(
                amount,
                tranches.stream()
                        .map(it -> it.id().equals(event.tranche()) ? it.after(event, by) : it)
                        .toList());
    }

    private Optional<Tranche> first(Predicate<Tranche> condition) {
        return tranches.stream().filter(condition).findFirst();
    }

    private Money sum(Function<Tranche, Money> part) {
        return tranches.stream().map(part).reduce(Money.zero(amount.currency()), Money::plus);
    }
}
