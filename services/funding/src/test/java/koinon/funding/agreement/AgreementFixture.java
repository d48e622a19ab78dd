package koinon.funding.agreement;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.approver;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.signatory;
import static koinon.funding.TestActors.system;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import koinon.funding.agreement.AgreementFacts.FundAnswer;
import koinon.funding.agreement.AgreementFacts.FundRequest;
import koinon.funding.agreement.payment.Booking;
import koinon.funding.agreement.payment.Scheme;
import koinon.funding.agreement.payment.Scheme.Share;
import koinon.funding.agreement.payment.Scheme.TrancheMilestone;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.project.KnownProject;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// An agreement over 85,000 EUR in three tranches; only real events bring it to a state.
final class AgreementFixture {

    static final String PROJECT = "5b1d7a52-3c0e-4a3b-9a0e-1f2f6a4c8d10";
    static final String FUND = "9f4c2b7e-6d1a-4e55-8c3b-2a7d0e9b1c44";
    static final String CALL = "7d7e0f5a-0f0c-4b6a-8a53-7a1c7a2b9e01";
    static final String ID = Agreement.idOf(PROJECT, FUND);
    static final List<String> PARTNERS = List.of("vn-hanoi", "ph-cebu-city");

    private AgreementFixture() {}

    static Agreement requested() {
        Agreement it = Agreement.placeholder(ID);
        selected(it, 1);
        return it;
    }

    static Agreement reserved() {
        Agreement it = requested();
        reserves(it, 1);
        return it;
    }

    static Agreement refused() {
        Agreement it = requested();
        it.on(facts -> facts.answered(new FundAnswer(1, FUNDER, "Nothing is free.")), system());
        return it;
    }

    static Agreement released() {
        Agreement it = reserved();
        it.on(facts -> facts.reserveListed(1, "Another fund refused."), system());
        return it;
    }

    static Agreement offered() {
        Agreement it = reserved();
        approved(it, 1);
        it.offer(null, officer());
        return it;
    }

    static Agreement declined() {
        Agreement it = offered();
        it.decline("The advance is too large.", signatory("vn-hanoi"));
        return it;
    }

    static Agreement signed() {
        Agreement it = offered();
        it.sign(null, signatory("vn-hanoi"));
        return it;
    }

    /// In force, the project not yet active.
    static Agreement inForce() {
        Agreement it = signed();
        it.countersign(approver());
        return it;
    }

    /// In force, the project active, so the advance is payable.
    static Agreement active() {
        Agreement it = inForce();
        project(it, KnownProject.State.ACTIVE);
        return it;
    }

    static Agreement suspended() {
        Agreement it = active();
        project(it, KnownProject.State.SUSPENDED);
        return it;
    }

    /// Terminated while the bank has the advance.
    static Agreement terminated() {
        Agreement it = sent(active(), "advance");
        project(it, KnownProject.State.TERMINATED);
        return it;
    }

    static Agreement closed() {
        Agreement it = inForce();
        project(it, KnownProject.State.TERMINATED);
        return it;
    }

    /// Both milestones verified as a whole, so the interim tranche is payable.
    static Agreement interimPayable() {
        Agreement it = active();
        verified(it, "m1", "1");
        verified(it, "m2", "1");
        return it;
    }

    static Agreement sent(Agreement it, String tranche) {
        it.request(tranche, officer());
        it.authorise(tranche, approver());
        it.send(tranche, "KN-" + it.sequence(), officer());
        return it;
    }

    /// A booking of the ordered amount, received in full.
    static Booking booked(Agreement it, String tranche) {
        Money due = it.schedule().find(tranche).map(Tranche::payable).orElse(eur("0"));
        return new Booking("BNK-" + it.sequence(), LocalDate.parse("2026-01-15"), due, null);
    }

    static Agreement paid(Agreement it, String tranche) {
        sent(it, tranche);
        it.paid(tranche, booked(it, tranche), approver());
        return it;
    }

    static void selected(Agreement it, int selection) {
        it.on(
                facts -> facts.selected(
                        new FundRequest(PROJECT, CALL, FUND, selection, eur("85000"), "vn-hanoi", PARTNERS)),
                system());
    }

    static void reserves(Agreement it, int selection) {
        it.on(facts -> facts.answered(new FundAnswer(selection, FUNDER, null)), system());
    }

    static void approved(Agreement it, int selection) {
        it.on(facts -> facts.approved(scheme(selection)), system());
    }

    static Scheme scheme(int selection) {
        return new Scheme(
                selection,
                List.of(
                        new Share("advance", new BigDecimal("0.5"), "in-force"),
                        new Share("interim", new BigDecimal("0.3"), "milestones"),
                        new Share("balance", new BigDecimal("0.2"), "completion")),
                List.of(new TrancheMilestone("m1", "interim", 3), new TrancheMilestone("m2", "interim", 2)));
    }

    static void project(Agreement it, KnownProject.State state) {
        it.on(facts -> facts.project(state, "The secretariat decided so."), system());
    }

    static void verified(Agreement it, String milestone, String achieved) {
        it.on(facts -> facts.verified(milestone, new BigDecimal(achieved)), system());
    }

    static void withdrawn(Agreement it, String milestone) {
        it.onVerificationWithdrawn(milestone, "The lists were of another event.", system());
    }

    static Tranche tranche(Agreement it, String tranche) {
        return it.schedule().find(tranche).orElseThrow();
    }

    static Tranche.State stateOf(Agreement it, String tranche) {
        return tranche(it, tranche).state();
    }

    static AgreementEvent last(Agreement it) {
        return it.events().getLast();
    }

    static Money eur(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }

    static void refused(String rule, ThrowingCallable command) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(command)
                .satisfies(it -> assertThat(it.rule()).isEqualTo(rule));
    }

    static void wrongState(ThrowingCallable command) {
        refused("wrong-state", command);
    }

    static void forbidden(String rule, ThrowingCallable command) {
        assertThatExceptionOfType(AccessDenied.class)
                .isThrownBy(command)
                .satisfies(it -> assertThat(it.rule()).isEqualTo(rule));
    }
}
