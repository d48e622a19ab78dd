package koinon.funding.agreement;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.approver;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.person;
import static koinon.funding.agreement.AgreementFixture.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.LocalDate;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.funding.agreement.AgreementEvent.TrancheBounced;
import koinon.funding.agreement.AgreementEvent.TrancheCancelled;
import koinon.funding.agreement.AgreementEvent.TrancheFailed;
import koinon.funding.agreement.AgreementEvent.TrancheFounded;
import koinon.funding.agreement.AgreementEvent.TranchePaid;
import koinon.funding.agreement.AgreementEvent.TranchePayable;
import koinon.funding.agreement.AgreementEvent.TrancheSent;
import koinon.funding.agreement.AgreementEvent.TrancheUnfounded;
import koinon.funding.agreement.AgreementEvent.TrancheWithheld;
import koinon.funding.agreement.payment.Booking;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.agreement.payment.Tranche.Condition;
import koinon.funding.agreement.payment.Tranche.State;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrancheTest {

    @Test
    void an_advance_is_payable_at_the_last_of_agreement_in_force_and_project_active() {
        Agreement agreementFirst = inForce();
        assertThat(stateOf(agreementFirst, "advance")).isEqualTo(State.PLANNED);
        project(agreementFirst, KnownProject.State.ACTIVE);

        Agreement projectFirst = signed();
        project(projectFirst, KnownProject.State.ACTIVE);
        assertThat(stateOf(projectFirst, "advance")).isEqualTo(State.PLANNED);
        projectFirst.countersign(approver());

        for (Agreement it : List.of(agreementFirst, projectFirst)) {
            assertThat(last(it)).isEqualTo(new TranchePayable(PROJECT, FUND, "advance", eur("42500")));
            assertThat(stateOf(it, "interim")).isEqualTo(State.PLANNED);
            assertThat(stateOf(it, "balance")).isEqualTo(State.PLANNED);
        }
    }

    @Test
    void an_interim_tranche_is_payable_when_all_its_milestones_are_verified() {
        Agreement it = active();
        verified(it, "m1", "1");
        assertThat(stateOf(it, "interim")).isEqualTo(State.PLANNED);
        verified(it, "m2", "1");

        assertThat(last(it)).isEqualTo(new TranchePayable(PROJECT, FUND, "interim", eur("25500")));
    }

    @Test
    void milestones_verified_in_part_pay_less_rounded_down() {
        Agreement it = active();
        verified(it, "m1", "0.3333");
        verified(it, "m2", "0.7777");

        // 25500 x (0.6 x 0.3333 + 0.4 x 0.7777) = 25500 x 0.51106 = 13032.03
        assertThat(last(it)).isEqualTo(new TranchePayable(PROJECT, FUND, "interim", eur("13032.03")));
    }

    @Test
    void its_amount_is_fixed_when_the_last_condition_is_met() {
        Agreement it = interimPayable();
        verified(it, "m1", "0.5");

        assertThat(tranche(it, "interim").payable()).isEqualTo(eur("25500"));
    }

    @Test
    void a_milestone_that_earns_no_tranche_here_changes_nothing() {
        Agreement it = active();
        long before = it.sequence();
        verified(it, "m9", "1");
        withdrawn(it, "m9");

        assertThat(it.sequence()).isEqualTo(before);
    }

    @Test
    void a_balance_is_payable_when_the_project_is_completed() {
        Agreement it = active();
        project(it, KnownProject.State.COMPLETED);

        assertThat(last(it)).isEqualTo(new TranchePayable(PROJECT, FUND, "balance", eur("17000")));
    }

    @Test
    void it_says_which_of_its_conditions_are_met() {
        Agreement it = active();
        verified(it, "m1", "1");

        assertThat(tranche(it, "interim").conditions(it.progress()))
                .extracting(Condition::what, Condition::milestone, Condition::met)
                .containsExactly(
                        tuple("agreement-in-force", null, true),
                        tuple("project-active", null, true),
                        tuple("milestone-verified", "m1", true),
                        tuple("milestone-verified", "m2", false));
        assertThat(tranche(it, "balance").conditions(it.progress()))
                .extracting(Condition::what, Condition::met)
                .containsExactly(tuple("agreement-in-force", true), tuple("project-completed", false));
    }

    @Test
    void an_officer_requests_what_is_payable() {
        Agreement it = active();
        it.request("advance", officer());

        assertThat(stateOf(it, "advance")).isEqualTo(State.REQUESTED);
        forbidden("no-mandate", () -> active().request("advance", approver()));
        wrongState(() -> active().request("interim", officer()));
        wrongState(() -> it.request("advance", officer()));
        AgreementFixture.refused("no-such-tranche", () -> it.request("bonus", officer()));
    }

    @Test
    void nothing_is_requested_when_nothing_was_earned_and_it_can_be_cancelled() {
        Agreement it = active();
        verified(it, "m1", "0");
        verified(it, "m2", "0");

        AgreementFixture.refused("nothing-payable", () -> it.request("interim", officer()));
        it.cancel("interim", "Nothing was earned.", approver());
        assertThat(stateOf(it, "interim")).isEqualTo(State.CANCELLED);
    }

    @Test
    void an_approver_who_did_not_request_authorises() {
        Actor both = person("both", "funder-officer@funder/" + FUNDER, "funder-approver@funder/" + FUNDER);
        Agreement it = active();
        it.request("advance", both);

        forbidden("separate-hands", () -> it.authorise("advance", both));
        forbidden("no-mandate", () -> it.authorise("advance", officer()));
        it.authorise("advance", approver());
        assertThat(stateOf(it, "advance")).isEqualTo(State.AUTHORISED);
        wrongState(() -> it.authorise("advance", approver()));
    }

    @Test
    void an_officer_sends_what_is_authorised() {
        Agreement it = active();
        it.request("advance", officer());
        wrongState(() -> it.send("advance", "KN-1", officer()));
        it.authorise("advance", approver());
        forbidden("no-mandate", () -> it.send("advance", "KN-1", approver()));
        it.send("advance", "KN-1", officer());

        assertThat(last(it)).isEqualTo(new TrancheSent(PROJECT, FUND, "advance", "KN-1"));
    }

    @Test
    void an_approver_records_that_the_bank_paid() {
        Agreement it = sent(active(), "advance");
        forbidden("no-mandate", () -> it.paid("advance", booked(it, "advance"), officer()));
        it.paid("advance", new Booking("BNK 1", LocalDate.parse("2026-01-15"), eur("42490"), eur("10")), approver());

        assertThat(last(it))
                .isEqualTo(new TranchePaid(
                        PROJECT,
                        FUND,
                        FUNDER,
                        "advance",
                        eur("42500"),
                        "BNK 1",
                        LocalDate.parse("2026-01-15"),
                        eur("42490"),
                        eur("10"),
                        List.of(
                                new Posting("agreement/" + ID + "/outstanding", eur("-42500")),
                                new Posting("agreement/" + ID + "/paid", eur("42500")))));
        assertThat(it.schedule().outstanding()).isEqualTo(eur("42500"));
        wrongState(() -> it.paid("advance", booked(it, "advance"), approver()));
        wrongState(() -> it.failed("advance", "No.", approver()));
    }

    private static Booking booking(String reference, String day, String arrived, @Nullable String fee) {
        return new Booking(reference, LocalDate.parse(day), eur(arrived), fee == null ? null : eur(fee));
    }

    @Test
    void what_arrived_and_its_fee_are_what_was_ordered() {
        Agreement it = sent(active(), "advance");

        refused("amount-differs", () -> it.paid("advance", booking("B", "2026-01-15", "42499.99", null), approver()));
        refused("amount-differs", () -> it.paid("advance", booking("B", "2026-01-15", "42490", "9"), approver()));
        refused("amount-differs", () -> it.paid("advance", booking("B", "2026-01-15", "42500.01", null), approver()));
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> it.paid(
                        "advance",
                        new Booking("B", LocalDate.parse("2026-01-15"), Money.of("42500", "USD"), null),
                        approver()))
                .withMessage("The payment was ordered in EUR.");
        assertThat(stateOf(it, "advance")).isEqualTo(State.SENT);
    }

    @Test
    void a_booking_lies_not_in_the_future_wherever_the_bank_is() {
        Agreement it = sent(active(), "advance");

        // In UTC it is 9:00 on 1 March; on Kiritimati it is 23:00 on the same day.
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> it.paid("advance", booking("B", "2026-03-02", "42500", null), approver()));
        it.paid("advance", booking("B", "2026-03-01", "42500", null), approver());
        assertThat(stateOf(it, "advance")).isEqualTo(State.PAID);
    }

    @Test
    void two_payments_of_an_agreement_never_share_a_reference_however_it_is_spelt() {
        Agreement it = active();
        it.request("advance", officer());
        it.authorise("advance", approver());
        it.send("advance", "Pay 1", officer());
        it.paid("advance", booking("bank 1", "2026-01-15", "42500", null), approver());
        it.bounced("advance", "Closed.", approver());
        it.request("advance", officer());
        it.authorise("advance", approver());

        refused("reference-used", () -> it.send("advance", "PAY1", officer()));
        // References of orders and of bookings are compared separately.
        it.send("advance", "BANK 1", officer());
        refused("reference-used", () -> it.paid("advance", booking("BANK1", "2026-01-15", "42500", null), approver()));
        it.paid("advance", booking("bank 2", "2026-01-15", "42500", null), approver());
    }

    @Test
    void a_reference_is_what_every_bank_passes_on() {
        Agreement it = active();
        it.request("advance", officer());
        it.authorise("advance", approver());

        for (String text : List.of("", " ", "x".repeat(36), "Trần 1", "a\nb", "a;b"))
            assertThatExceptionOfType(ValidationFailed.class)
                    .as(text)
                    .isThrownBy(() -> it.send("advance", text, officer()));
    }

    @Test
    void committed_is_paid_plus_outstanding_everywhere() {
        Agreement it = paid(active(), "advance");

        assertThat(it.sums().committed()).isEqualTo(eur("85000"));
        assertThat(it.sums().paid()).isEqualTo(eur("42500"));
        assertThat(it.sums().outstanding()).isEqualTo(eur("42500"));
        assertThat(it.balances()).containsEntry("agreement/" + ID + "/outstanding", eur("42500"));
        assertThat(closed().sums().committed()).isEqualTo(eur("0"));
    }

    @Test
    void a_failed_payment_can_be_requested_again() {
        Agreement it = sent(active(), "advance");
        forbidden("no-mandate", () -> it.failed("advance", "No such account.", officer()));
        it.failed("advance", "No such account.", approver());
        assertThat(last(it)).isEqualTo(new TrancheFailed(PROJECT, FUND, "advance", "No such account."));

        paid(it, "advance");
        assertThat(it.schedule().paid()).isEqualTo(eur("42500"));
    }

    @Test
    void what_bounced_is_committed_again_and_can_be_requested_again() {
        Agreement it = paid(active(), "advance");
        forbidden("no-mandate", () -> it.bounced("advance", "Closed.", officer()));
        it.bounced("advance", "The account is closed.", approver());

        assertThat(last(it))
                .isEqualTo(new TrancheBounced(
                        PROJECT,
                        FUND,
                        FUNDER,
                        "advance",
                        eur("42500"),
                        "The account is closed.",
                        List.of(
                                new Posting("agreement/" + ID + "/paid", eur("-42500")),
                                new Posting("agreement/" + ID + "/outstanding", eur("42500")))));
        assertThat(it.schedule().outstanding()).isEqualTo(eur("85000"));
        wrongState(() -> it.bounced("advance", "Again.", approver()));
        paid(it, "advance");
        assertThat(stateOf(it, "advance")).isEqualTo(State.PAID);
    }

    @Test
    void an_approver_cancels_what_is_planned_payable_failed_or_bounced() {
        Agreement failed = sent(active(), "advance");
        failed.failed("advance", "No.", approver());
        Agreement bounced = paid(active(), "advance");
        bounced.bounced("advance", "No.", approver());
        for (Agreement it : List.of(active(), failed, bounced)) {
            it.cancel("advance", "Given up.", approver());
            assertThat(last(it)).isEqualTo(new TrancheCancelled(PROJECT, FUND, "advance", "Given up."));
            it.cancel("interim", "Given up.", approver());
            assertThat(stateOf(it, "interim")).isEqualTo(State.CANCELLED);
        }
        forbidden("no-mandate", () -> active().cancel("advance", "Given up.", officer()));
    }

    @Test
    void what_is_on_its_way_or_done_cannot_be_cancelled() {
        Agreement it = active();
        it.request("advance", officer());
        wrongState(() -> it.cancel("advance", "No.", approver()));
        it.authorise("advance", approver());
        wrongState(() -> it.cancel("advance", "No.", approver()));
        it.send("advance", "KN-1", officer());
        wrongState(() -> it.cancel("advance", "No.", approver()));
        it.paid("advance", booked(it, "advance"), approver());
        wrongState(() -> it.cancel("advance", "No.", approver()));
        it.cancel("balance", "Given up.", approver());
        wrongState(() -> it.cancel("balance", "No.", approver()));
    }

    @Test
    void a_withdrawn_verification_takes_it_back_as_long_as_the_bank_does_not_have_it() {
        Agreement payable = interimPayable();
        Agreement requested = interimPayable();
        requested.request("interim", officer());
        Agreement authorised = interimPayable();
        authorised.request("interim", officer());
        authorised.authorise("interim", approver());
        Agreement failed = sent(interimPayable(), "interim");
        failed.failed("interim", "No.", approver());
        Agreement bounced = paid(interimPayable(), "interim");
        bounced.bounced("interim", "No.", approver());
        for (Agreement it : List.of(payable, requested, authorised, failed, bounced)) {
            withdrawn(it, "m1");

            assertThat(last(it))
                    .isEqualTo(new TrancheWithheld(PROJECT, FUND, "interim", "The lists were of another event."));
            assertThat(tranche(it, "interim").payable()).isNull();
            assertThat(stateOf(it, "advance")).isEqualTo(State.PAYABLE);
        }
    }

    @Test
    void what_was_withheld_is_payable_anew_with_what_is_then_verified() {
        Agreement it = interimPayable();
        withdrawn(it, "m1");
        verified(it, "m1", "0.5");

        assertThat(last(it)).isEqualTo(new TranchePayable(PROJECT, FUND, "interim", eur("17850")));
    }

    @Test
    void a_verification_withdrawn_after_it_was_sent_leaves_it_to_the_bank_and_marks_it() {
        for (Agreement it : List.of(sent(interimPayable(), "interim"), paid(interimPayable(), "interim"))) {
            State before = stateOf(it, "interim");
            withdrawn(it, "m1");

            assertThat(last(it))
                    .isEqualTo(new TrancheUnfounded(PROJECT, FUND, "interim", "The lists were of another event."));
            assertThat(stateOf(it, "interim")).isEqualTo(before);
            assertThat(tranche(it, "interim").unfounded()).isEqualTo("The lists were of another event.");
        }
    }

    @Test
    void an_unfounded_payment_is_founded_again_once_what_was_paid_is_earned_again() {
        for (Agreement it : List.of(sent(interimPayable(), "interim"), paid(interimPayable(), "interim"))) {
            State before = stateOf(it, "interim");
            withdrawn(it, "m1");
            verified(it, "m1", "0.5");
            assertThat(last(it)).isInstanceOf(TrancheUnfounded.class);

            withdrawn(it, "m1");
            verified(it, "m1", "1");

            assertThat(last(it)).isEqualTo(new TrancheFounded(PROJECT, FUND, "interim"));
            assertThat(stateOf(it, "interim")).isEqualTo(before);
            assertThat(tranche(it, "interim").unfounded()).isNull();
        }
    }

    @Test
    void who_requested_a_payment_for_somebody_else_leaves_the_authorisation_to_a_third() {
        Agreement it = active();
        Mandate substitute = new Mandate(
                "m-9",
                "funder-officer",
                "funder/" + FUNDER,
                null,
                null,
                approver().id());
        it.request(
                "advance",
                new Actor("x-1", List.of(substitute), null, null, officer().at()));

        forbidden("separate-hands", () -> it.authorise("advance", approver()));
        assertThat(it.nextActions())
                .filteredOn(next -> next.action().equals("tranche.authorise"))
                .singleElement()
                .satisfies(next -> assertThat(next.notBy())
                        .containsExactlyInAnyOrder("x-1", approver().id()));
    }

    @Test
    void an_unfounded_payment_that_the_bank_could_not_make_waits_again() {
        Agreement it = sent(interimPayable(), "interim");
        withdrawn(it, "m1");
        it.failed("interim", "No such account.", approver());

        assertThat(stateOf(it, "interim")).isEqualTo(State.PLANNED);
    }

    @Test
    void a_suspension_holds_it_and_lets_it_go_on_where_it_was() {
        Agreement it = active();
        it.request("advance", officer());
        project(it, KnownProject.State.SUSPENDED);

        assertThat(it.isHeld(tranche(it, "advance"))).isTrue();
        wrongState(() -> it.authorise("advance", approver()));
        AgreementFixture.refused("held", () -> it.cancel("balance", "No.", approver()));
        project(it, KnownProject.State.ACTIVE);
        assertThat(it.isHeld(tranche(it, "advance"))).isFalse();
        it.authorise("advance", approver());
        assertThat(stateOf(it, "advance")).isEqualTo(State.AUTHORISED);
    }

    @Test
    void the_bank_answers_during_a_suspension_too() {
        Agreement it = sent(active(), "advance");
        project(it, KnownProject.State.SUSPENDED);
        assertThat(it.isHeld(tranche(it, "advance"))).isFalse();
        it.paid("advance", booked(it, "advance"), approver());
        it.bounced("advance", "Closed.", approver());
        it.cancel("advance", "Given up.", approver());

        assertThat(stateOf(it, "advance")).isEqualTo(State.CANCELLED);
    }

    @Test
    void a_verification_withdrawn_during_a_suspension_takes_it_back() {
        Agreement it = interimPayable();
        project(it, KnownProject.State.SUSPENDED);
        withdrawn(it, "m2");

        assertThat(stateOf(it, "interim")).isEqualTo(State.PLANNED);
    }

    @Test
    void what_became_due_during_a_suspension_is_payable_when_it_ends() {
        Agreement it = suspended();
        verified(it, "m1", "1");
        verified(it, "m2", "1");
        assertThat(stateOf(it, "interim")).isEqualTo(State.PLANNED);
        project(it, KnownProject.State.ACTIVE);

        assertThat(stateOf(it, "interim")).isEqualTo(State.PAYABLE);
    }

    @Test
    void what_came_back_after_a_termination_is_cancelled_and_the_agreement_closes() {
        Agreement it = sent(paid(interimPayable(), "advance"), "interim");
        project(it, KnownProject.State.TERMINATED);
        it.bounced("advance", "Closed.", approver());
        assertThat(stateOf(it, "advance")).isEqualTo(State.CANCELLED);
        it.paid("interim", booked(it, "interim"), approver());

        assertThat(it.state()).isEqualTo(koinon.funding.agreement.State.CLOSED);
    }

    @Test
    void each_tranche_has_an_etag_of_its_own() {
        Agreement it = interimPayable();
        long interim = it.etag(Tranche.partOf("interim"));
        it.request("advance", officer());

        assertThat(it.etag(Tranche.partOf("interim"))).isEqualTo(interim);
        assertThat(it.etag(Tranche.partOf("advance"))).isEqualTo(it.sequence());
    }
}
