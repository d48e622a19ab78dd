package koinon.funding.agreement.payment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.funding.Role;
import koinon.funding.project.KnownProject;
import org.jspecify.annotations.Nullable;

/// A part of an agreement that is paid in one payment, when its conditions are met. It knows no events: the agreement
/// calls the transition that an event stands for, and the transition says in which states it is possible.
///
/// @param milestones the milestones that earn it, with their weights
/// @param planned its share of the agreement
/// @param payable fixed when the last condition was met; absent before that
/// @param requestedBy the hands that last requested the payment; another person authorises it
/// @param reference reference of the payment order
/// @param booking the bank's booking; kept when the payment bounced
/// @param settledBy the hands that recorded the payment or cancelled it; another person takes that back
/// @param statusReason why it was withheld, failed, bounced or was cancelled
/// @param unfounded why the payment lost its ground: a verification was withdrawn after it was sent
public record Tranche(
        String id,
        Money planned,
        WaitsFor waitsFor,
        List<OfferedTranche.Weight> milestones,
        State state,
        @Nullable Money payable,
        List<String> requestedBy,
        @Nullable String reference,
        @Nullable Booking booking,
        List<String> settledBy,
        @FreeText @Nullable String statusReason,
        @FreeText @Nullable String unfounded) {

    public Tranche {
        milestones = List.copyOf(milestones);
        requestedBy = List.copyOf(requestedBy);
        settledBy = List.copyOf(settledBy);
    }

    /// What a tranche waits for, in addition to its agreement being in force.
    public enum WaitsFor {
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

        public String text() {
            return text;
        }

        static @Nullable WaitsFor find(String text) {
            return Stream.of(values())
                    .filter(it -> it.text.equals(text))
                    .findFirst()
                    .orElse(null);
        }
    }

    public enum State implements Lifecycle<State> {
        /// Waits for its conditions.
        PLANNED("it waits for its conditions."),
        /// All conditions are met; its amount is fixed.
        PAYABLE("an officer requests its payment."),
        /// An officer of the funder requested the payment.
        REQUESTED("an approver authorises it."),
        /// An approver, another person, authorised the payment.
        AUTHORISED("an officer sends it to the bank."),
        /// The bank has the order; only the bank's answer changes this state.
        SENT("record the bank's answer."),
        /// The bank has paid.
        PAID("record that the bank returned it, or let another approver take the record back."),
        /// The bank could not pay; it can be requested again.
        FAILED("an officer requests it again."),
        /// The bank returned the money; it is outstanding again and can be requested again.
        BOUNCED("an officer requests it again."),
        /// It will not be paid.
        CANCELLED("another approver may take that back while the agreement is in force.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }
    }

    /// One condition of a tranche.
    ///
    /// @param what `agreement-in-force`, `project-active`, `milestone-verified` or `project-completed`
    /// @param milestone id of the milestone; only for `milestone-verified`
    /// @param achieved fraction of the milestone achieved, 0 to 1; absent until it is verified
    public record Condition(
            String what,
            @Nullable String milestone,
            boolean met,
            @Nullable BigDecimal achieved) {}

    /// The facts that conditions are judged on.
    ///
    /// @param achieved fraction achieved of each verified milestone
    public record Progress(boolean inForce, KnownProject.State project, Map<String, BigDecimal> achieved) {}

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
                List.of(),
                null,
                null,
                List.of(),
                null,
                null);
    }

    /// All conditions, each met or not.
    public List<Condition> conditions(Progress progress) {
        boolean running =
                progress.project() == KnownProject.State.ACTIVE || progress.project() == KnownProject.State.COMPLETED;
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition("agreement-in-force", null, progress.inForce(), null));
        switch (waitsFor) {
            case IN_FORCE -> conditions.add(new Condition("project-active", null, running, null));
            case MILESTONES -> {
                conditions.add(new Condition("project-active", null, running, null));
                for (OfferedTranche.Weight it : milestones) {
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

    /// Becoming payable, which follows by itself when all its conditions are met.
    ///
    /// @param inForce that the agreement is in force
    /// @param project id of the project
    public NextAction waiting(Need inForce, String project) {
        NextAction action = NextAction.automatic(
                        "tranche.become-payable", "funding", "The tranche \"%s\" becomes payable.", "tranche", id)
                .on(partOf(id))
                .needs(inForce);
        String of = "project/" + project;
        Need running = Need.state(
                Sentence.of("project-active", "The project is not active."),
                of,
                KnownProject.State.ACTIVE,
                KnownProject.State.COMPLETED);
        return switch (waitsFor) {
            case IN_FORCE -> action.needs(running);
            case MILESTONES -> {
                NextAction waits = action.needs(running);
                for (OfferedTranche.Weight it : milestones)
                    waits = waits.needs(Need.part(
                            Sentence.of(
                                    "milestone-verified",
                                    "The milestone \"%s\" is not verified.",
                                    "milestone",
                                    it.id()),
                            of,
                            "milestone/" + it.id(),
                            "VERIFIED"));
                yield waits;
            }
            case COMPLETION ->
                action.needs(Need.state(
                        Sentence.of("project-completed", "The project is not completed."),
                        of,
                        KnownProject.State.COMPLETED));
        };
    }

    /// The next step of its payment.
    public Stream<NextAction> payment(String funder) {
        Right officer = Role.FUNDER_OFFICER.ofFunder(funder);
        Right approver = Role.FUNDER_APPROVER.ofFunder(funder);
        NextAction request = step("tranche.request", officer, "Request the payment of tranche \"%s\".");
        return switch (state) {
            case PLANNED, PAID, CANCELLED -> Stream.of();
            case PAYABLE ->
                payable == null || payable.isPositive()
                        ? Stream.of(request)
                        : Stream.of(step("tranche.cancel", approver, "Cancel tranche \"%s\": nothing was earned."));
            case REQUESTED ->
                Stream.of(step("tranche.authorise", approver, "Authorise the payment of tranche \"%s\".")
                        .notBy(requestedBy));
            case AUTHORISED ->
                Stream.of(step("tranche.send", officer, "Send the payment of tranche \"%s\" to the bank."));
            case SENT -> Stream.of(step("tranche.record", approver, "Record the bank's answer on tranche \"%s\"."));
            case FAILED, BOUNCED -> Stream.of(request);
        };
    }

    /// The name of the part of the agreement, with its own ETag.
    public static String partOf(String tranche) {
        return "tranche/" + tranche;
    }

    private NextAction step(String action, Right right, String text) {
        return NextAction.of(action, right, text, "tranche", id).on(partOf(id));
    }

    boolean isDue(Progress progress) {
        return state == State.PLANNED && conditions(progress).stream().allMatch(Condition::met);
    }

    /// Whether a milestone that it depends on is no longer verified, or the project it depends on no longer completed.
    /// Other conditions stay met once the amount is fixed.
    boolean hasLost(Progress progress) {
        return switch (waitsFor) {
            case IN_FORCE -> false;
            case MILESTONES ->
                milestones.stream().anyMatch(it -> !progress.achieved().containsKey(it.id()));
            case COMPLETION -> progress.project() == KnownProject.State.ACTIVE;
        };
    }

    boolean restsOnCompletion() {
        return waitsFor == WaitsFor.COMPLETION;
    }

    public boolean restsOn(String milestone) {
        return waitsFor == WaitsFor.MILESTONES
                && milestones.stream().anyMatch(it -> it.id().equals(milestone));
    }

    /// The earned amount: the planned amount times the weighted mean of what its milestones achieved, rounded down
    /// once.
    /// An advance and a balance earn the planned amount.
    ///
    /// @param free unused money of the agreement, the upper bound
    public Money earned(Progress progress, Money free) {
        Money earned = switch (waitsFor) {
            case IN_FORCE, COMPLETION -> planned;
            case MILESTONES -> earnedBy(progress.achieved());
        };
        return earned.min(planned).min(free);
    }

    private Money earnedBy(Map<String, BigDecimal> achieved) {
        long whole =
                milestones.stream().mapToLong(OfferedTranche.Weight::weight).sum();
        if (whole == 0) return Money.zero(planned.currency());
        BigDecimal done = milestones.stream()
                .map(it -> BigDecimal.valueOf(it.weight()).multiply(achieved.getOrDefault(it.id(), BigDecimal.ZERO)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return planned.times(done, whole);
    }

    /// The keys of the references of its last payment.
    public Stream<String> references() {
        return Stream.concat(
                Stream.ofNullable(reference).map(it -> new PaymentReference(PaymentReference.Kind.ORDER, it).key()),
                bankReference().stream());
    }

    /// The key of the bank's reference of its last payment.
    public Optional<String> bankReference() {
        return Optional.ofNullable(booking)
                .map(it -> new PaymentReference(PaymentReference.Kind.BANK, it.reference()).key());
    }

    /// How much of the agreement's money it uses: nothing while it waits or when it is cancelled.
    Money taken() {
        return payable == null || state == State.CANCELLED ? Money.zero(planned.currency()) : payable;
    }

    Money paid() {
        return payable == null || state != State.PAID ? Money.zero(planned.currency()) : payable;
    }

    /// Whether it was not sent to the bank yet, so that a suspension holds it.
    public boolean isBeforeSent() {
        return switch (state) {
            case PLANNED, PAYABLE, REQUESTED, AUTHORISED -> true;
            case SENT, PAID, FAILED, BOUNCED, CANCELLED -> false;
        };
    }

    /// Whether a payment at the bank or done was marked as unfounded, and its milestones earn its amount again.
    boolean isEarnedAgain(Progress progress) {
        return unfounded != null
                && payable != null
                && (state == State.SENT || state == State.PAID)
                && !hasLost(progress)
                && !payable.exceeds(earned(progress, planned));
    }

    /// Whether it became payable and no payment of it is at the bank or done.
    boolean isRevocable() {
        return switch (state) {
            case PAYABLE, REQUESTED, AUTHORISED, FAILED, BOUNCED -> true;
            case PLANNED, SENT, PAID, CANCELLED -> false;
        };
    }

    /// Whether it is final, unless the bank returns the money.
    boolean isDone() {
        return state == State.PAID || state == State.CANCELLED;
    }

    /// Fixes its amount, when all its conditions are met.
    public Tranche becomePayable(Money amount) {
        return with(state.from(State.PLANNED).to(State.PAYABLE), amount, List.of(), null, null, null, null);
    }

    /// Lets it wait again: a verification that it rests on was withdrawn.
    public Tranche withhold(String reason) {
        State next = state.from(State.PAYABLE, State.REQUESTED, State.AUTHORISED, State.FAILED, State.BOUNCED);
        return with(next.to(State.PLANNED), null, List.of(), null, null, reason, null);
    }

    public Tranche request(List<String> hands) {
        State next = state.from(State.PAYABLE, State.FAILED, State.BOUNCED).to(State.REQUESTED);
        return with(next, payable, hands, null, null, null, unfounded);
    }

    public Tranche authorise() {
        return with(state.from(State.REQUESTED).to(State.AUTHORISED), reference, null, null);
    }

    public Tranche send(String order) {
        return with(state.from(State.AUTHORISED).to(State.SENT), order, null, null);
    }

    public Tranche pay(Booking booked, List<String> hands) {
        return with(state.from(State.SENT).to(State.PAID), reference, booked, null)
                .settledBy(hands);
    }

    /// Lets the payment be at the bank again: it was recorded by mistake.
    public Tranche reversePayment() {
        return with(state.from(State.PAID).to(State.SENT), reference, null, null)
                .settledBy(List.of());
    }

    /// Lets it wait for its conditions again: it was cancelled by mistake.
    public Tranche restore() {
        return with(state.from(State.CANCELLED).to(State.PLANNED), null, List.of(), null, null, null, null)
                .settledBy(List.of());
    }

    public Tranche fail(String reason) {
        return with(state.from(State.SENT).to(State.FAILED), reference, booking, reason);
    }

    public Tranche bounce(String reason) {
        return with(state.from(State.PAID).to(State.BOUNCED), reference, booking, reason);
    }

    public Tranche cancel(String reason, List<String> hands) {
        State next = state.from(
                State.PLANNED, State.PAYABLE, State.REQUESTED, State.AUTHORISED, State.FAILED, State.BOUNCED);
        return with(next.to(State.CANCELLED), reference, booking, reason).settledBy(hands);
    }

    /// Marks a payment at the bank or done: a verification that it rests on was withdrawn.
    public Tranche markUnfounded(String reason) {
        State same = state.from(State.SENT, State.PAID);
        return with(same, payable, requestedBy, reference, booking, statusReason, reason);
    }

    /// Clears the mark of a payment whose amount its milestones earn again.
    public Tranche markFounded() {
        State same = state.from(State.SENT, State.PAID);
        return with(same, payable, requestedBy, reference, booking, statusReason, null);
    }

    private Tranche with(
            State state, @Nullable String reference, @Nullable Booking booking, @Nullable String statusReason) {
        return with(state, payable, requestedBy, reference, booking, statusReason, unfounded);
    }

    private Tranche with(
            State state,
            @Nullable Money payable,
            List<String> requestedBy,
            @Nullable String reference,
            @Nullable Booking booking,
            @Nullable String statusReason,
            @Nullable String unfounded) {
        return new Tranche(
                id,
                planned,
                waitsFor,
                milestones,
                state,
                payable,
                requestedBy,
                reference,
                booking,
                settledBy,
                statusReason,
                unfounded);
    }

    private Tranche settledBy(List<String> hands) {
        return new Tranche(
                id,
                planned,
                waitsFor,
                milestones,
                state,
                payable,
                requestedBy,
                reference,
                booking,
                hands,
                statusReason,
                unfounded);
    }
}
