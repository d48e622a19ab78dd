package koinon.funding.agreement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import koinon.funding.agreement.AgreementEvent.*;
import koinon.funding.agreement.payment.Booking;
import koinon.funding.agreement.payment.PaymentReference;
import koinon.funding.agreement.payment.PaymentReference.Kind;
import koinon.funding.ledger.Accountable;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import koinon.platform.model.Aggregate;
import koinon.platform.model.BesideEvents;
import koinon.platform.model.By;
import koinon.platform.model.Forbidden;
import koinon.platform.model.Money;
import koinon.platform.model.RuleBroken;
import koinon.platform.model.bounds.Bounds;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// What a fund promises to the beneficiary of one project, and how it pays.
///
/// A selection asks the fund for the amount; the fund reserves or refuses it. What is reserved is released when the
/// proposal is put on the reserve list, and asked for anew when it is selected again. After the approval an officer
/// offers, which makes amounts of the scheme's shares; the beneficiary signs or declines; an approver who did not
/// offer countersigns, and the money is committed. Then each tranche becomes payable by itself when all it waits
/// for is done, and is paid by several hands. The project's suspension, end and termination are followed here, and
/// when nothing is left to pay the agreement closes and gives back the rest. When the bank then returns a payment, the
/// agreement is in force again with that money alone.
///
/// What it hears in any order is kept as heard; [#next] says what follows from it and from the state, so whatever
/// waits for several things happens at the last of them.
@Document("agreements")
final class Agreement extends Aggregate<AgreementEvent> implements Accountable {

    private State state = State.EXPECTED;

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

    /// The keys of all references that its payments have had.
    @Indexed
    private List<String> references = new ArrayList<>();

    private int selection;
    private Money amount = Money.zero("XXX");
    private Schedule schedule = Schedule.none(amount);
    private @Nullable String offeredBy;
    private @Nullable String remark;

    @BesideEvents
    private Facts facts = new Facts();

    private Agreement() {}

    private Agreement(String id) {
        super(id);
    }

    /// The one of a project and a fund; nothing has happened to it yet.
    static Agreement expected(String id) {
        return new Agreement(id);
    }

    static String idOf(String project, String fund) {
        return UUID.nameUUIDFromBytes((project + "/" + fund).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// Hears something: keeps it, and raises what follows from it by itself. Never refuses.
    void hear(Consumer<Facts> event, By by) {
        event.accept(facts);
        follow(by);
    }

    /// Hears that a verification was withdrawn. What the bank has stays with the bank and is marked; what it does
    /// not have yet goes back.
    void hearVerificationWithdrawn(String milestone, String reason, By by) {
        facts.verificationWithdrawn(milestone, reason);
        schedule.payingFor(milestone).forEach(it -> raise(new TrancheUnfounded(project, fund, it.id(), reason), by));
        follow(by);
    }

    /// Raises all that follows by itself.
    private void follow(By by) {
        By system = By.system("funding", by.at());
        for (@Nullable AgreementEvent next = next(); next != null; next = next()) raise(next, system);
    }

    /// The one thing that follows by itself from the state and what was heard; absent when something else is waited
    /// for.
    private @Nullable AgreementEvent next() {
        boolean terminated = facts.project() == KnownProject.State.TERMINATED;
        boolean completed = facts.project() == KnownProject.State.COMPLETED;
        boolean suspended = facts.project() == KnownProject.State.SUSPENDED;
        return switch (state) {
            case EXPECTED, REFUSED, RELEASED -> requested();
            case REQUESTED -> fundAnswered();
            // A completed project cannot be terminated any more: what nobody offered, or its beneficiary does not want,
            // is free.
            case RESERVED -> terminated || completed || facts.reserveListed() >= selection ? released() : null;
            case OFFERED, SIGNED -> terminated ? released() : null;
            case DECLINED -> terminated || completed ? released() : null;
            case IN_FORCE -> {
                if (terminated) yield new AgreementTerminated(project, fund, facts.reason());
                if (suspended) yield new AgreementSuspended(project, fund);
                @Nullable AgreementEvent ofTranche = withheld();
                if (ofTranche == null) ofTranche = payable();
                yield ofTranche == null && completed ? closed() : ofTranche;
            }
            case SUSPENDED -> {
                if (terminated) yield new AgreementTerminated(project, fund, facts.reason());
                if (!suspended) yield new AgreementResumed(project, fund);
                yield withheld();
            }
            case TERMINATED -> {
                @Nullable AgreementEvent cancelled = cancelled();
                yield cancelled == null ? closed() : cancelled;
            }
            case CLOSED -> schedule.isDone() ? null : new AgreementResumed(project, fund);
        };
    }

    private @Nullable AgreementEvent requested() {
        Facts.@Nullable Asked asked = facts.asked();
        if (asked == null || asked.selection() <= selection) return null;
        return new AgreementRequested(
                asked.project(),
                asked.call(),
                asked.fund(),
                asked.selection(),
                asked.amount(),
                asked.beneficiary(),
                asked.partners());
    }

    private @Nullable AgreementEvent fundAnswered() {
        Facts.@Nullable FundAnswer answer = facts.answerTo(selection);
        if (answer == null) return null;
        if (answer.refusal() != null)
            return new AgreementRefused(project, fund, answer.funder(), selection, answer.refusal());
        String whose = answer.funder() == null ? "" : answer.funder();
        return new AgreementReserved(project, fund, whose, selection, amount);
    }

    private AgreementEvent released() {
        return new AgreementReleased(project, fund, selection, amount, facts.reason());
    }

    private @Nullable AgreementEvent withheld() {
        return schedule.toWithhold(progress())
                .map(it -> new TrancheWithheld(project, fund, it.id(), facts.whyLost(it)))
                .orElse(null);
    }

    private @Nullable AgreementEvent payable() {
        return schedule.due(progress())
                .map(it -> new TranchePayable(project, fund, it.id(), it.earned(progress(), schedule.free())))
                .orElse(null);
    }

    private @Nullable AgreementEvent cancelled() {
        return schedule.toCancel()
                .map(it -> new TrancheCancelled(project, fund, it.id(), facts.reason()))
                .orElse(null);
    }

    private @Nullable AgreementEvent closed() {
        if (!schedule.isDone()) return null;
        Money rest = schedule.outstanding();
        return new AgreementClosed(
                project, fund, funder, rest, Posting.move(rest, Posting.outstanding(id()), Posting.held(fund)));
    }

    // What people do.

    void offer(By by) {
        By officer = forFunder("funder-officer", by);
        state.from(State.RESERVED, State.DECLINED);
        Facts.@Nullable Scheme scheme = facts.schemeOf(selection);
        if (scheme == null) throw new RuleBroken("not-approved", "It can be offered once the proposal is approved.");
        raise(new AgreementOffered(project, fund, amount, scheme.of(amount)), officer);
    }

    void sign(By by) {
        raise(new AgreementSigned(project, fund), forBeneficiary(by));
    }

    void decline(String reason, By by) {
        raise(new AgreementDeclined(project, fund, Bounds.reason(reason)), forBeneficiary(by));
        follow(by);
    }

    void countersign(By by) {
        By approver = forFunder("funder-approver", by);
        by.mustNotBe(offeredBy, "Someone other than who offered an agreement countersigns it.");
        List<Posting> postings = Posting.move(amount, Posting.held(fund), Posting.outstanding(id()));
        raise(new AgreementInForce(project, fund, funder, amount, postings), approver);
        follow(by);
    }

    void request(String tranche, By by) {
        By officer = forFunder("funder-officer", by);
        Money due = due(tranche);
        if (tranche(tranche).payable() != null && !due.isPositive())
            throw new RuleBroken("nothing-payable", "Nothing of it was earned; an approver can cancel it.");
        raise(new TrancheRequested(project, fund, tranche, due), officer);
    }

    void authorise(String tranche, By by) {
        By approver = forFunder("funder-approver", by);
        by.mustNotBe(tranche(tranche).requestedBy(), "Someone other than who requested a payment authorises it.");
        raise(new TrancheAuthorised(project, fund, tranche), approver);
    }

    void send(String tranche, String reference, By by) {
        By officer = forFunder("funder-officer", by);
        tranche(tranche).state().from(Tranche.State.AUTHORISED);
        mustBeNew(PaymentReference.of(Kind.ORDER, reference, "/reference"));
        raise(new TrancheSent(project, fund, tranche, reference), officer);
    }

    void paid(String tranche, Booking booking, By by) {
        By approver = forFunder("funder-approver", by);
        tranche(tranche).state().from(Tranche.State.SENT);
        Money due = due(tranche);
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

    /// Two payments of one agreement never share a reference, also where the first one failed or came back.
    private void mustBeNew(PaymentReference reference) {
        if (references.contains(reference.key()))
            throw new RuleBroken(
                    "reference-used",
                    "Another payment of this agreement has the reference " + reference.text()
                            + "; name the one of this payment.");
    }

    void failed(String tranche, String reason, By by) {
        raise(new TrancheFailed(project, fund, tranche, Bounds.reason(reason)), forFunder("funder-approver", by));
        follow(by);
    }

    void bounced(String tranche, String reason, By by) {
        By approver = forFunder("funder-approver", by);
        Money due = due(tranche);
        List<Posting> postings = Posting.move(due, Posting.paid(id()), Posting.outstanding(id()));
        raise(new TrancheBounced(project, fund, funder, tranche, due, Bounds.reason(reason), postings), approver);
        follow(by);
    }

    void cancel(String tranche, String reason, By by) {
        By approver = forFunder("funder-approver", by);
        Tranche it = tranche(tranche);
        it.state().from(Tranche.State.PLANNED, Tranche.State.PAYABLE, Tranche.State.FAILED, Tranche.State.BOUNCED);
        if (isHeld(it)) throw new RuleBroken("held", "It is held while the project is suspended.");
        raise(new TrancheCancelled(project, fund, tranche, Bounds.reason(reason)), approver);
        follow(by);
    }

    /// Whoever acts for the funder holds no mandate for a city that profits.
    private By forFunder(String role, By by) {
        By hand = by.as(role + "@funder/" + funder);
        if (by.holdsAnyFor(partners.stream().map(it -> "city/" + it).collect(Collectors.toUnmodifiableSet())))
            throw new Forbidden(
                    "partner-mandate", "Who holds a mandate for a partner city does not act for the funder here.");
        return hand;
    }

    private By forBeneficiary(By by) {
        return by.as("city-signatory@city/" + beneficiary);
    }

    @Override
    protected void when(AgreementEvent event, By by) {
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
                offeredBy = null;
                remark = null;
            }
            case AgreementReserved e -> funder = e.funder();
            case AgreementRefused e -> {
                funder = e.funder() == null ? "" : e.funder();
                remark = e.reason();
            }
            case AgreementReleased e -> remark = e.reason();
            case AgreementDeclined e -> remark = e.reason();
            case AgreementTerminated e -> remark = e.reason();
            case AgreementOffered e -> {
                offeredBy = by.actor();
                remark = null;
                schedule = Schedule.of(e.amount(), e.tranches());
            }
            case AgreementSigned _,
                    AgreementInForce _,
                    AgreementSuspended _,
                    AgreementResumed _,
                    AgreementClosed _ -> {}
            case TrancheEvent e -> {
                schedule = schedule.after(e, by);
                if (e instanceof TrancheSent it) references.add(new PaymentReference(Kind.ORDER, it.reference()).key());
                if (e instanceof TranchePaid it)
                    references.add(new PaymentReference(Kind.BANK, it.bankReference()).key());
                touch(tranchePart(e.tranche()));
            }
        }
    }

    /// The part of an agreement that has an ETag of its own.
    static String tranchePart(String tranche) {
        return "tranche/" + tranche;
    }

    boolean isHeld(Tranche tranche) {
        return state == State.SUSPENDED && tranche.isBeforeSent();
    }

    private Money due(String tranche) {
        @Nullable Money payable = tranche(tranche).payable();
        return payable == null ? Money.zero(amount.currency()) : payable;
    }

    private Tranche tranche(String tranche) {
        return schedule.find(tranche)
                .orElseThrow(() ->
                        new RuleBroken("no-such-tranche", "The agreement has no tranche " + tranche + " at present."));
    }

    @Override
    public Map<String, Money> balances() {
        Schedule.Sums sums = sums();
        return Map.of(
                Posting.held(fund), sums.committed().negated(),
                Posting.outstanding(id()), sums.outstanding(),
                Posting.paid(id()), sums.paid());
    }

    /// How far what its tranches wait for is.
    Tranche.Progress progress() {
        return facts.progress(state == State.IN_FORCE || state == State.SUSPENDED);
    }

    State state() {
        return state;
    }

    /// Whether the proposal was approved with this selection.
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

    /// Whose fund it is; empty until the fund has answered.
    String funder() {
        return funder;
    }

    String beneficiary() {
        return beneficiary;
    }

    /// Ids of the project's partner cities, the lead among them.
    List<String> partners() {
        return partners;
    }

    int selection() {
        return selection;
    }

    /// The keys of all references that its payments have had.
    List<String> references() {
        return Collections.unmodifiableList(references);
    }

    Money amount() {
        return amount;
    }

    Schedule schedule() {
        return schedule;
    }

    /// Its money as it stands.
    Schedule.Sums sums() {
        return schedule.sums(state, amount);
    }

    @Override
    public PublishedState publishedState() {
        Map<String, String> parts = new LinkedHashMap<>();
        schedule.tranches()
                .forEach(it -> parts.put(tranchePart(it.id()), it.state().name()));
        return PublishedState.of(state)
                .withParts(parts)
                .with("project", project)
                .with("sums", sums());
    }

    /// Why it is as it is, where somebody said so.
    @Nullable
    String remark() {
        return remark;
    }
}
