package koinon.funding.agreement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koinon.funding.agreement.AgreementEvent.*;
import koinon.funding.agreement.payment.Booking;
import koinon.funding.agreement.payment.PaymentReference;
import koinon.funding.project.KnownProject;
import koinon.platform.model.By;
import koinon.platform.model.Lifecycle;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// A part of an agreement's money that is paid at once, and only when what it waits for is done.
///
/// @param milestones what earns it, each with its weight in it
/// @param planned its share of the agreement
/// @param payable fixed when its last condition was met; absent while it waits
/// @param requestedBy who asked last for its payment: somebody else authorises
/// @param reference of the order to the bank
/// @param booking what the bank booked; kept when the money came back
/// @param remark why it went back, failed, bounced or was cancelled
/// @param unfounded why it should not have been paid: a verification was withdrawn after it was sent
record Tranche(
        String id,
        Money planned,
        WaitsFor waitsFor,
        List<Weight> milestones,
        State state,
        @Nullable Money payable,
        @Nullable String requestedBy,
        @Nullable String reference,
        @Nullable Booking booking,
        @Nullable String remark,
        @Nullable String unfounded) {

    Tranche {
        milestones = List.copyOf(milestones);
    }

    /// What a tranche waits for, beside its agreement in force.
    enum WaitsFor {
        /// An advance: the project has started.
        IN_FORCE("in-force"),
        /// An interim payment: its milestones are verified.
        MILESTONES("milestones"),
        /// A balance: the project is completed.
        COMPLETION("completion");

        private final String text;

        WaitsFor(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static @Nullable WaitsFor find(String text) {
            return Stream.of(values())
                    .filter(it -> it.text.equals(text))
                    .findFirst()
                    .orElse(null);
        }
    }

    enum State implements Lifecycle<State> {
        /// It waits for its conditions.
        PLANNED,
        /// All that it waits for is done; its amount is fixed.
        PAYABLE,
        /// An officer of the funder asked for its payment.
        REQUESTED,
        /// An approver, another person, agreed.
        AUTHORISED,
        /// The bank has the order; only the bank's answer ends this.
        SENT,
        /// The bank has paid.
        PAID,
        /// The bank could not pay; it can be requested again.
        FAILED,
        /// The money came back; it is committed again and can be requested again.
        BOUNCED,
        /// It will not be paid.
        CANCELLED;

        State after(TrancheEvent event) {
            return switch (event) {
                case TranchePayable _ -> from(PLANNED).to(PAYABLE);
                case TrancheWithheld _ ->
                    from(PAYABLE, REQUESTED, AUTHORISED, FAILED, BOUNCED).to(PLANNED);
                case TrancheRequested _ -> from(PAYABLE, FAILED, BOUNCED).to(REQUESTED);
                case TrancheAuthorised _ -> from(REQUESTED).to(AUTHORISED);
                case TrancheSent _ -> from(AUTHORISED).to(SENT);
                case TranchePaid _ -> from(SENT).to(PAID);
                case TrancheFailed _ -> from(SENT).to(FAILED);
                case TrancheBounced _ -> from(PAID).to(BOUNCED);
                case TrancheCancelled _ ->
                    from(PLANNED, PAYABLE, REQUESTED, AUTHORISED, FAILED, BOUNCED)
                            .to(CANCELLED);
                case TrancheUnfounded _ -> from(SENT, PAID);
            };
        }
    }

    /// One thing that a tranche waits for.
    ///
    /// @param what `agreement-in-force`, `project-active`, `milestone-verified` or `project-completed`
    /// @param milestone which one, where it is about one
    /// @param achieved the part of the milestone that was achieved, of one, once it is verified
    record Condition(
            String what,
            @Nullable String milestone,
            boolean met,
            @Nullable BigDecimal achieved) {}

    /// How far everything is that a tranche can wait for.
    ///
    /// @param achieved the part achieved of each verified milestone
    record Progress(boolean inForce, KnownProject.State project, Map<String, BigDecimal> achieved) {}

    static Tranche of(OfferedTranche offered) {
        @Nullable WaitsFor waitsFor = WaitsFor.find(offered.waitsFor());
        if (waitsFor == null) throw new IllegalArgumentException("A tranche waits for " + offered.waitsFor() + "?");
        return new Tranche(
                offered.id(),
                offered.planned(),
                waitsFor,
                offered.milestones(),
                State.PLANNED,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /// Everything that it waits for, each met or not.
    List<Condition> conditions(Progress progress) {
        boolean running =
                progress.project() == KnownProject.State.ACTIVE || progress.project() == KnownProject.State.COMPLETED;
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition("agreement-in-force", null, progress.inForce(), null));
        switch (waitsFor) {
            case IN_FORCE -> conditions.add(new Condition("project-active", null, running, null));
            case MILESTONES -> {
                conditions.add(new Condition("project-active", null, running, null));
                for (Weight it : milestones) {
                    @Nullable BigDecimal achieved = progress.achieved().get(it.id());
                    conditions.add(new Condition("milestone-verified", it.id(), achieved != null, achieved));
                }
            }
            case COMPLETION ->
                conditions.add(new Condition(
                        "project-completed", null, progress.project() == KnownProject.State.COMPLETED, null));
        }
        return List.copyOf(conditions);
    }

    boolean isDue(Progress progress) {
        return state == State.PLANNED && conditions(progress).stream().allMatch(Condition::met);
    }

    /// Whether a milestone that it rests on is no longer verified. Fixed once, its other conditions stay met.
    boolean hasLost(Progress progress) {
        return waitsFor == WaitsFor.MILESTONES
                && milestones.stream().anyMatch(it -> !progress.achieved().containsKey(it.id()));
    }

    boolean restsOn(String milestone) {
        return waitsFor == WaitsFor.MILESTONES
                && milestones.stream().anyMatch(it -> it.id().equals(milestone));
    }

    /// What it earned: planned times the weighted part achieved of its milestones, rounded down; an advance and a
    /// balance as planned.
    ///
    /// @param free what the agreement still has for it
    Money earned(Progress progress, Money free) {
        Money earned = switch (waitsFor) {
            case IN_FORCE, COMPLETION -> planned;
            case MILESTONES ->
                planned.times(milestones.stream()
                        .map(it -> it.weight().multiply(progress.achieved().getOrDefault(it.id(), BigDecimal.ZERO)))
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
        };
        return earned.min(planned).min(free);
    }

    /// The keys of the references that its last payment has.
    Stream<String> references() {
        return Stream.concat(
                Stream.ofNullable(reference).map(it -> new PaymentReference(PaymentReference.Kind.ORDER, it).key()),
                Stream.ofNullable(booking)
                        .map(it -> new PaymentReference(PaymentReference.Kind.BANK, it.reference()).key()));
    }

    /// What of the agreement's money it takes: nothing while it waits, nothing when it is cancelled.
    Money taken() {
        return payable == null || state == State.CANCELLED ? Money.zero(planned.currency()) : payable;
    }

    Money paid() {
        return payable == null || state != State.PAID ? Money.zero(planned.currency()) : payable;
    }

    /// Whether a suspension holds it: the bank does not have it yet.
    boolean isBeforeSent() {
        return switch (state) {
            case PLANNED, PAYABLE, REQUESTED, AUTHORISED -> true;
            case SENT, PAID, FAILED, BOUNCED, CANCELLED -> false;
        };
    }

    /// Whether it was payable and the bank does not have the money for it.
    boolean isRevocable() {
        return switch (state) {
            case PAYABLE, REQUESTED, AUTHORISED, FAILED, BOUNCED -> true;
            case PLANNED, SENT, PAID, CANCELLED -> false;
        };
    }

    /// Whether nothing more will happen to it unless the bank returns the money.
    boolean isDone() {
        return state == State.PAID || state == State.CANCELLED;
    }

    Tranche after(TrancheEvent event, By by) {
        State next = state.after(event);
        return switch (event) {
            case TranchePayable e -> with(next, e.amount(), null, null, null, null, null);
            case TrancheWithheld e -> with(next, null, null, null, null, e.reason(), null);
            case TrancheRequested _ -> with(next, payable, by.actor(), null, null, null, unfounded);
            case TrancheAuthorised _ -> with(next, payable, requestedBy, null, null, null, unfounded);
            case TrancheSent e -> with(next, payable, requestedBy, e.reference(), null, null, unfounded);
            case TranchePaid e ->
                with(
                        next,
                        payable,
                        requestedBy,
                        reference,
                        new Booking(e.bankReference(), e.bookedOn(), e.arrived(), e.fee()),
                        null,
                        unfounded);
            case TrancheFailed e -> with(next, payable, requestedBy, reference, null, e.reason(), unfounded);
            case TrancheBounced e -> with(next, payable, requestedBy, reference, booking, e.reason(), unfounded);
            case TrancheCancelled e -> with(next, payable, requestedBy, reference, booking, e.reason(), unfounded);
            case TrancheUnfounded e -> with(next, payable, requestedBy, reference, booking, remark, e.reason());
        };
    }

    private Tranche with(
            State state,
            @Nullable Money payable,
            @Nullable String requestedBy,
            @Nullable String reference,
            @Nullable Booking booking,
            @Nullable String remark,
            @Nullable String unfounded) {
        return new Tranche(
                id, planned, waitsFor, milestones, state, payable, requestedBy, reference, booking, remark, unfounded);
    }
}
