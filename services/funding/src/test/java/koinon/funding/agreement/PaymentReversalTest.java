package koinon.funding.agreement;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.approver;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.person;
import static koinon.funding.TestActors.system;
import static koinon.funding.agreement.AgreementFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.funding.agreement.AgreementEvent.TranchePayable;
import koinon.funding.agreement.AgreementEvent.TranchePaymentReversed;
import koinon.funding.agreement.AgreementEvent.TrancheUnfounded;
import koinon.funding.agreement.AgreementEvent.TrancheWithheld;
import koinon.funding.agreement.payment.Tranche.State;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import org.junit.jupiter.api.Test;

/// What was recorded or cancelled by mistake, and what was paid for a completion that is reversed.
class PaymentReversalTest {

    private static final Actor SECOND = person("approver-2", "funder-approver@funder/" + FUNDER);

    @Test
    void a_recorded_payment_is_taken_back_by_another_approver_with_a_mirror_entry() {
        Agreement it = paid(active(), "advance");

        forbidden("no-mandate", () -> it.reversePayment("advance", "Wrong line.", officer()));
        forbidden("separate-hands", () -> it.reversePayment("advance", "Wrong line.", approver()));
        it.reversePayment("advance", "Wrong line.", SECOND);

        assertThat(last(it))
                .isEqualTo(new TranchePaymentReversed(
                        PROJECT,
                        FUND,
                        FUNDER,
                        "advance",
                        eur("42500"),
                        "Wrong line.",
                        List.of(
                                new Posting("agreement/" + ID + "/paid", eur("-42500")),
                                new Posting("agreement/" + ID + "/outstanding", eur("42500")))));
        assertThat(stateOf(it, "advance")).isEqualTo(State.SENT);
        assertThat(it.schedule().outstanding()).isEqualTo(eur("85000"));
    }

    @Test
    void the_bank_reference_of_a_payment_that_was_taken_back_can_be_recorded_again() {
        Agreement it = sent(active(), "advance");
        it.paid("advance", booked(it, "advance"), approver());
        var same = it.schedule().get("advance").booking();
        it.reversePayment("advance", "The wrong day.", SECOND);

        it.paid("advance", same, approver());

        assertThat(stateOf(it, "advance")).isEqualTo(State.PAID);
    }

    @Test
    void only_a_payment_that_was_recorded_is_taken_back() {
        Agreement it = sent(active(), "advance");
        wrongState(() -> it.reversePayment("advance", "x", SECOND));
        wrongState(() -> it.reversePayment("balance", "x", SECOND));
        Agreement closed = closed();
        wrongState(() -> closed.reversePayment("advance", "x", SECOND));
    }

    @Test
    void a_cancelled_tranche_is_restored_by_another_approver_and_payable_when_its_conditions_are_met() {
        Agreement it = active();
        it.cancel("advance", "Given up.", approver());

        forbidden("separate-hands", () -> it.restore("advance", "The interim was meant.", approver()));
        it.restore("advance", "The interim was meant.", SECOND);

        assertThat(last(it)).isEqualTo(new TranchePayable(PROJECT, FUND, "advance", eur("42500")));
        wrongState(() -> it.restore("advance", "Again.", SECOND));
    }

    @Test
    void what_a_termination_cancelled_is_not_restored() {
        wrongState(() -> terminated().restore("balance", "x", SECOND));
    }

    @Test
    void a_reversed_completion_withholds_the_balance_that_is_not_sent() {
        Agreement it = completed();
        it.onCompletionReversed("A report was of another event.", system());

        assertThat(last(it)).isEqualTo(new TrancheWithheld(PROJECT, FUND, "balance", "A report was of another event."));
        project(it, KnownProject.State.COMPLETED);
        assertThat(last(it)).isEqualTo(new TranchePayable(PROJECT, FUND, "balance", eur("17000")));
    }

    @Test
    void a_balance_that_was_being_sent_is_unfounded_until_the_project_is_completed_again() {
        Agreement it = sent(completed(), "balance");
        it.onCompletionReversed("A report was of another event.", system());

        assertThat(last(it))
                .isEqualTo(new TrancheUnfounded(PROJECT, FUND, "balance", "A report was of another event."));
        project(it, KnownProject.State.COMPLETED);
        assertThat(last(it)).isInstanceOf(AgreementEvent.TrancheFounded.class);
    }

    private static Agreement completed() {
        Agreement it = active();
        verified(it, "m1", "1");
        verified(it, "m2", "1");
        project(it, KnownProject.State.COMPLETED);
        assertThat(stateOf(it, "balance")).isEqualTo(State.PAYABLE);
        return it;
    }
}
