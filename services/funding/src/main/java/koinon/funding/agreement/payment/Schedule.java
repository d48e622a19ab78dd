package koinon.funding.agreement.payment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import koinon.funding.agreement.payment.Tranche.Progress;
import org.jspecify.annotations.Nullable;

/// The tranches of an agreement in the order of the call's scheme.
///
/// @param amount the agreement's amount without the rest that returned to the fund
public record Schedule(Money amount, List<Tranche> tranches) {

    public Schedule {
        tranches = List.copyOf(tranches);
    }

    public static Schedule none(Money amount) {
        return new Schedule(amount, List.of());
    }

    public static Schedule of(Money amount, List<OfferedTranche> offered) {
        return new Schedule(amount, offered.stream().map(Tranche::of).toList());
    }

    public Optional<Tranche> find(String tranche) {
        return first(it -> it.id().equals(tranche));
    }

    /// @throws RuleViolation `no-such-tranche`
    public Tranche get(String tranche) {
        return find(tranche)
                .orElseThrow(() -> new RuleViolation(
                        "no-such-tranche", "The agreement has no tranche %s at present.", "tranche", tranche));
    }

    /// The payable amount of a tranche; zero before it is fixed.
    public Money payable(String tranche) {
        @Nullable Money payable = get(tranche).payable();
        return payable == null ? Money.zero(amount.currency()) : payable;
    }

    /// The published state of each tranche, by its part.
    ///
    /// @param isHeld whether a tranche waits for the agreement to be resumed
    public Map<String, String> states(Predicate<Tranche> isHeld) {
        Map<String, String> states = new LinkedHashMap<>();
        for (Tranche it : tranches)
            states.put(
                    Tranche.partOf(it.id()),
                    isHeld.test(it) ? "HELD" : it.state().name());
        return states;
    }

    /// The next tranche to withhold: it lost a verification that it depends on, and no payment is at the bank or
    /// done.
    public Optional<Tranche> toWithhold(Progress progress) {
        return first(it -> it.isRevocable() && it.hasLost(progress));
    }

    /// The next payment that was marked as unfounded and whose amount is earned again.
    public Optional<Tranche> earnedAgain(Progress progress) {
        return first(it -> it.isEarnedAgain(progress));
    }

    /// The next planned tranche whose conditions are all met.
    public Optional<Tranche> due(Progress progress) {
        return first(it -> it.isDue(progress));
    }

    /// The next tranche that a termination cancels.
    public Optional<Tranche> toCancel() {
        return first(it -> !it.isDone() && it.state() != Tranche.State.SENT);
    }

    /// The tranches that depend on this milestone and were sent to the bank or paid.
    public List<Tranche> payingFor(String milestone) {
        return tranches.stream()
                .filter(it -> it.state() == Tranche.State.SENT || it.state() == Tranche.State.PAID)
                .filter(it -> it.restsOn(milestone))
                .toList();
    }

    /// The tranches that wait for the completion of the project and were sent to the bank or paid.
    public List<Tranche> payingForCompletion() {
        return tranches.stream()
                .filter(it -> it.state() == Tranche.State.SENT || it.state() == Tranche.State.PAID)
                .filter(Tranche::restsOnCompletion)
                .toList();
    }

    /// The schedule after the agreement closed: its amount is reduced to what its tranches use.
    public Schedule withoutRest() {
        return new Schedule(earned(), tranches);
    }

    public boolean isDone() {
        return tranches.stream().allMatch(Tranche::isDone);
    }

    /// The money that no tranche uses yet.
    public Money free() {
        return amount.minus(earned());
    }

    /// The money that is promised and not paid.
    public Money outstanding() {
        return amount.minus(paid());
    }

    public Money paid() {
        return sum(Tranche::paid);
    }

    /// The money that its tranches have earned.
    public Money earned() {
        return sum(Tranche::taken);
    }

    /// The schedule with one tranche changed.
    public Schedule with(String tranche, UnaryOperator<Tranche> change) {
        return new Schedule(
                amount,
                tranches.stream()
                        .map(it -> it.id().equals(tranche) ? change.apply(it) : it)
                        .toList());
    }

    private Optional<Tranche> first(Predicate<Tranche> condition) {
        return tranches.stream().filter(condition).findFirst();
    }

    private Money sum(Function<Tranche, Money> part) {
        return tranches.stream().map(part).reduce(Money.zero(amount.currency()), Money::plus);
    }
}
