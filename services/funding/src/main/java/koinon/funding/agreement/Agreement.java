package koinon.funding.agreement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.NotFromEvents;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import koinon.funding.Role;
import koinon.funding.agreement.AgreementEvent.*;
import koinon.funding.agreement.payment.Booking;
import koinon.funding.agreement.payment.PaymentReference;
import koinon.funding.agreement.payment.PaymentReference.Kind;
import koinon.funding.agreement.payment.Schedule;
import koinon.funding.agreement.payment.Scheme;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.city.KnownCity;
import koinon.funding.ledger.LedgerAccountHolder;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// The promise of one fund to the beneficiary of one project, and its payment.
///
/// A selection asks the fund for the amount, which the fund reserves or refuses. A reserved amount is released when
/// the proposal is reserve-listed, and requested again when the proposal is selected again. After the approval an
/// officer offers the agreement, which turns the scheme's shares into amounts; the beneficiary signs or declines;
/// an approver other than the officer countersigns, which commits the money. Each tranche becomes payable
/// automatically when all its conditions are met, and is paid under separate hands. The agreement follows the
/// project's suspension, completion and termination. When nothing is left to pay it closes and releases the rest.
/// When the bank returns a payment after that, the agreement is in force again with that money alone.
///
/// Facts may arrive in any order, so they are stored as they arrive; [AgreementFacts#next] derives the next event from
/// the state
/// and the facts. A step that waits for several facts therefore happens when the last of them arrives.
@Document("agreements")
final class Agreement extends Aggregate<AgreementEvent> implements LedgerAccountHolder {

    private State state = State.PLACEHOLDER;

    @Indexed
    private String project = "";

    private String call = "";

    @Indexed
    private String fund = "";

    @Indexed
    private String funder = "";

    @Indexed
    private String beneficiary = "";

    @Indexed
    private List<String> partners = List.of();

    /// The keys of all payment references that this agreement has used.
    @Indexed
    private List<String> references = new ArrayList<>();

    private int selection;
    private Money amount = Money.zero("XXX");
    private Schedule schedule = Schedule.none(amount);
    private List<String> offeredBy = List.of();

    @FreeText
    private @Nullable String statusReason;

    @NotFromEvents
    private AgreementFacts facts = new AgreementFacts();

    private Agreement() {}

    private Agreement(String id) {
        super(id);
    }

    /// An agreement without any event of its own.
    static Agreement placeholder(String id) {
        return new Agreement(id);
    }

    static String idOf(String project, String fund) {
        return UUID.nameUUIDFromBytes((project + "/" + fund).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// Stores a fact and raises the events that follow from it. Never rejects a fact.
    void on(Consumer<AgreementFacts> event, Actor by) {
        event.accept(facts);
        follow(by);
    }

    /// Records that a verification was withdrawn. A tranche that was sent to the bank stays there and is marked as
    /// unfounded; a tranche that was not sent is withheld.
    void onVerificationWithdrawn(String milestone, String reason, Actor by) {
        facts.verificationWithdrawn(milestone, reason);
        schedule.payingFor(milestone).forEach(it -> raise(new TrancheUnfounded(project, fund, it.id(), reason), by));
        follow(by);
    }

    /// Records that the completion of the project was reversed. What was paid for it is marked as unfounded or
    /// withheld.
    void onCompletionReversed(String reason, Actor by) {
        facts.project(KnownProject.State.ACTIVE, reason);
        schedule.payingForCompletion().forEach(it -> raise(new TrancheUnfounded(project, fund, it.id(), reason), by));
        follow(by);
    }

    /// Raises all events that follow automatically.
    private void follow(Actor by) {
        Actor system = Actor.system("funding", by.at());
        for (@Nullable AgreementEvent next = facts.next(this); next != null; next = facts.next(this))
            raise(next, system);
    }

    // Commands.

    /// @param known the beneficiary; absent while nothing was heard of it
    void offer(@Nullable KnownCity known, Actor by) {
        Actor officer = forFunder(Role.FUNDER_OFFICER, by);
        state.from(State.RESERVED, State.DECLINED);
        KnownCity.mustBeAdmitted(known);
        @Nullable Scheme scheme = facts.schemeOf(selection);
        if (scheme == null) throw new RuleViolation("not-approved", "It can be offered once the proposal is approved.");
        raise(new AgreementOffered(project, fund, amount, scheme.of(amount)), officer);
    }

    /// @param known the beneficiary; absent while nothing was heard of it
    void sign(@Nullable KnownCity known, Actor by) {
        Actor signatory = forBeneficiary(by);
        state.from(State.OFFERED);
        KnownCity.mustBeAdmitted(known);
        raise(new AgreementSigned(project, fund), signatory);
    }

    void decline(String reason, Actor by) {
        raise(new AgreementDeclined(project, fund, Bounds.reason(reason)), forBeneficiary(by));
        follow(by);
    }

    void countersign(Actor by) {
        Actor approver = forFunder(Role.FUNDER_APPROVER, by);
        approver.mustNotBe(offeredBy, "countersign", "Someone other than who offered an agreement countersigns it.");
        List<Posting> postings = Posting.move(amount, Posting.held(fund), Posting.outstanding(id()));
        raise(new AgreementInForce(project, fund, funder, amount, postings), approver);
        follow(by);
    }

    void request(String tranche, Actor by) {
        Actor officer = forFunder(Role.FUNDER_OFFICER, by);
        Money due = schedule.payable(tranche);
        if (schedule.get(tranche).payable() != null && !due.isPositive())
            throw new RuleViolation("nothing-payable", "Nothing of it was earned; an approver can cancel it.");
        raise(new TrancheRequested(project, fund, tranche, due), officer);
    }

    void authorise(String tranche, Actor by) {
        Actor approver = forFunder(Role.FUNDER_APPROVER, by);
        approver.mustNotBe(
                schedule.get(tranche).requestedBy(),
                "authorise",
                "Someone other than who requested a payment authorises it.");
        raise(new TrancheAuthorised(project, fund, tranche), approver);
    }

    void send(String tranche, String reference, Actor by) {
        Actor officer = forFunder(Role.FUNDER_OFFICER, by);
        schedule.get(tranche).state().from(Tranche.State.AUTHORISED);
        mustBeNew(PaymentReference.of(Kind.ORDER, reference, "/reference"));
        raise(new TrancheSent(project, fund, tranche, reference), officer);
    }

    void paid(String tranche, Booking booking, Actor by) {
        Actor approver = forFunder(Role.FUNDER_APPROVER, by);
        schedule.get(tranche).state().from(Tranche.State.SENT);
        Money due = schedule.payable(tranche);
        booking.mustAnswer(due, by.at());
        mustBeNew(PaymentReference.of(Kind.BANK, booking.reference(), "/bankReference"));
        raise(
                new TranchePaid(
                        project,
                        fund,
                        funder,
                        tranche,
                        due,
                        booking.reference(),
                        booking.bookedOn(),
                        booking.arrived(),
                        booking.fee(),
                        Posting.move(due, Posting.outstanding(id()), Posting.paid(id()))),
                approver);
        follow(by);
    }

    /// A payment reference is unique within an agreement, even if the earlier payment failed or bounced.
    private void mustBeNew(PaymentReference reference) {
        if (references.contains(reference.key()))
            throw new RuleViolation(
                    "reference-used",
                    "Another payment of this agreement has the reference %s; name the one of this payment.",
                    "reference",
                    reference.text());
    }

    void failed(String tranche, String reason, Actor by) {
        raise(new TrancheFailed(project, fund, tranche, Bounds.reason(reason)), forFunder(Role.FUNDER_APPROVER, by));
        follow(by);
    }

    void bounced(String tranche, String reason, Actor by) {
        Actor approver = forFunder(Role.FUNDER_APPROVER, by);
        Money due = schedule.payable(tranche);
        List<Posting> postings = Posting.move(due, Posting.paid(id()), Posting.outstanding(id()));
        raise(new TrancheBounced(project, fund, funder, tranche, due, Bounds.reason(reason), postings), approver);
        follow(by);
    }

    /// Takes back that a payment was recorded; another approver than who recorded it does.
    void reversePayment(String tranche, String reason, Actor by) {
        Actor approver = forFunder(Role.FUNDER_APPROVER, by);
        Tranche it = schedule.get(tranche);
        it.state().from(Tranche.State.PAID);
        approver.mustNotBe(
                it.settledBy(), "reverse-payment", "Someone other than who recorded a payment takes that back.");
        Money due = schedule.payable(tranche);
        List<Posting> postings = Posting.move(due, Posting.paid(id()), Posting.outstanding(id()));
        raise(
                new TranchePaymentReversed(project, fund, funder, tranche, due, Bounds.reason(reason), postings),
                approver);
        follow(by);
    }

    /// Takes back the cancellation of a tranche; another approver than who cancelled it does.
    void restore(String tranche, String reason, Actor by) {
        Actor approver = forFunder(Role.FUNDER_APPROVER, by);
        Tranche it = schedule.get(tranche);
        it.state().from(Tranche.State.CANCELLED);
        approver.mustNotBe(it.settledBy(), "restore", "Someone other than who cancelled a tranche takes that back.");
        raise(new TrancheRestored(project, fund, tranche, Bounds.reason(reason)), approver);
        follow(by);
    }

    void cancel(String tranche, String reason, Actor by) {
        Actor approver = forFunder(Role.FUNDER_APPROVER, by);
        Tranche it = schedule.get(tranche);
        it.state().from(Tranche.State.PLANNED, Tranche.State.PAYABLE, Tranche.State.FAILED, Tranche.State.BOUNCED);
        if (isHeld(it)) throw new RuleViolation("held.tranche", "It is held while the project is suspended.");
        raise(new TrancheCancelled(project, fund, tranche, Bounds.reason(reason)), approver);
        follow(by);
    }

    /// Whoever acts for the funder holds no mandate for a partner city.
    private Actor forFunder(Role role, Actor by) {
        Actor actor = by.as(role.ofFunder(funder));
        if (by.holdsAnyFor(partnerScopes()))
            throw new AccessDenied(
                    "partner-mandate.funder",
                    "Who holds a mandate for a partner city does not act for the funder here.");
        return actor;
    }

    private Actor forBeneficiary(Actor by) {
        return by.as(Role.CITY_SIGNATORY.ofCity(beneficiary));
    }

    @Override
    protected void when(AgreementEvent event, Actor by) {
        if (state == State.CLOSED && event instanceof AgreementResumed) schedule = schedule.withoutRest();
        state = state.after(event);
        switch (event) {
            case AgreementRequested e -> {
                project = e.project();
                call = e.call();
                fund = e.fund();
                selection = e.selection();
                amount = e.amount();
                beneficiary = e.beneficiary();
                partners = List.copyOf(e.partners());
                schedule = Schedule.none(amount);
                offeredBy = List.of();
                statusReason = null;
            }
            case AgreementReserved e -> funder = e.funder();
            case AgreementRefused e -> {
                funder = e.funder() == null ? "" : e.funder();
                statusReason = e.reason();
            }
            case Ending e -> statusReason = e.reason();
            case AgreementOffered e -> {
                offeredBy = by.hands();
                statusReason = null;
                schedule = Schedule.of(e.amount(), e.tranches());
            }
            case AgreementSigned _,
                    AgreementInForce _,
                    AgreementSuspended _,
                    AgreementResumed _,
                    AgreementClosed _,
                    TextRedacted _,
                    NextChanged _ -> {}
            case TrancheEvent e -> {
                if (e instanceof TranchePaymentReversed)
                    schedule.get(e.tranche()).bankReference().ifPresent(references::remove);
                schedule = schedule.with(e.tranche(), it -> e.after(it, by));
                if (e instanceof TrancheSent it) references.add(new PaymentReference(Kind.ORDER, it.reference()).key());
                if (e instanceof TranchePaid it)
                    references.add(new PaymentReference(Kind.BANK, it.bankReference()).key());
                touch(Tranche.partOf(e.tranche()));
            }
        }
    }

    boolean isHeld(Tranche tranche) {
        return state == State.SUSPENDED && tranche.isBeforeSent();
    }

    @Override
    public Map<String, Money> balances() {
        State.Sums sums = sums();
        return Map.of(
                Posting.held(fund), sums.committed().negated(),
                Posting.outstanding(id()), sums.outstanding(),
                Posting.paid(id()), sums.paid());
    }

    /// The facts that the conditions of its tranches depend on.
    Tranche.Progress progress() {
        return facts.progress(state == State.IN_FORCE || state == State.SUSPENDED);
    }

    @Override
    protected Stream<NextAction> nextActions() {
        return state.nextActions(this);
    }

    /// The scopes of its partner cities. Who holds a mandate for one of them does not act for the funder here.
    Set<String> partnerScopes() {
        return partners.stream().map(it -> "city/" + it).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected AgreementEvent textRedacted(String digest, String reason) {
        return new TextRedacted(project, fund, digest, reason);
    }

    @Override
    protected String redactionScope() {
        return project;
    }

    @Override
    protected AgreementEvent nextActionsChanged() {
        return new NextChanged(project, fund);
    }

    State state() {
        return state;
    }

    /// Whether the proposal was approved with the current selection.
    boolean isApproved() {
        return facts.schemeOf(selection) != null;
    }

    String project() {
        return project;
    }

    String call() {
        return call;
    }

    String fund() {
        return fund;
    }

    /// Id of the funder; empty until the fund has answered.
    String funder() {
        return funder;
    }

    String beneficiary() {
        return beneficiary;
    }

    /// Ids of the project's partner cities, including the lead.
    List<String> partners() {
        return partners;
    }

    int selection() {
        return selection;
    }

    /// The hands that offered it last; another person countersigns it.
    List<String> offeredBy() {
        return offeredBy;
    }

    /// The keys of all payment references that this agreement has used.
    List<String> references() {
        return List.copyOf(references);
    }

    Money amount() {
        return amount;
    }

    Schedule schedule() {
        return schedule;
    }

    /// The current sums.
    State.Sums sums() {
        return state.sums(schedule, amount);
    }

    @Override
    public PublishedState publishedState() {
        return PublishedState.of(state)
                .withParts(schedule.states(this::isHeld))
                .withSums(sums().named())
                .with("project", project);
    }

    /// The reason for the current state; absent when no reason was given.
    @Nullable
    String statusReason() {
        return statusReason;
    }
}
