package koinon.funding.agreement;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.approver;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.system;
import static koinon.funding.agreement.AgreementFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koinon.eventing.value.Money;
import koinon.funding.agreement.AgreementEvent.*;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import org.junit.jupiter.api.Test;

/// The bank returns a payment of a closed agreement: the agreement is in force again with that money alone.
class ReopeningTest {

    /// A completed project; 25,500 of the interim tranche were cancelled and released, 59,500 were paid.
    private static Agreement closedWithARest() {
        Agreement it = paid(active(), "advance");
        it.cancel("interim", "Given up.", approver());
        project(it, KnownProject.State.COMPLETED);
        paid(it, "balance");
        assertThat(it.state()).isEqualTo(State.CLOSED);
        assertBalances(it, "0", "59500");
        return it;
    }

    private static Agreement bounced() {
        Agreement it = closedWithARest();
        it.bounced("balance", "The account is closed.", approver());
        return it;
    }

    /// The sums that the aggregate shows equal the sums of its entries.
    private static void assertBalances(Agreement it, String committed, String paid) {
        Money held = eur(committed).plus(eur(paid)).negated();
        assertThat(it.balances())
                .containsEntry(Posting.outstanding(ID), eur(committed))
                .containsEntry(Posting.paid(ID), eur(paid))
                .containsEntry(Posting.held(FUND), held);
        for (var of : it.balances().entrySet())
            assertThat(it.events().stream()
                            .flatMap(event -> AgreementPropertyTest.postings(event).stream())
                            .filter(posting -> posting.account().equals(of.getKey()))
                            .map(Posting::amount)
                            .reduce(eur("0"), Money::plus))
                    .as(of.getKey())
                    .isEqualTo(of.getValue());
    }

    @Test
    void the_last_payment_can_bounce_and_the_agreement_is_in_force_again_with_what_came_back() {
        Agreement it = bounced();

        assertThat(it.events()).endsWith(new AgreementResumed(PROJECT, FUND));
        assertThat(it.state()).isEqualTo(State.IN_FORCE);
        assertThat(stateOf(it, "balance")).isEqualTo(Tranche.State.BOUNCED);
        assertBalances(it, "17000", "42500");
    }

    @Test
    void it_is_paid_again_and_the_agreement_closes_with_nothing_left() {
        Agreement it = paid(bounced(), "balance");

        assertThat(last(it)).isEqualTo(new AgreementClosed(PROJECT, FUND, FUNDER, eur("0"), List.of()));
        assertBalances(it, "0", "59500");
    }

    @Test
    void it_is_cancelled_and_only_what_came_back_is_given_back() {
        Agreement it = bounced();
        it.cancel("balance", "There is no other account.", approver());

        assertThat(last(it))
                .isEqualTo(new AgreementClosed(
                        PROJECT,
                        FUND,
                        FUNDER,
                        eur("17000"),
                        Posting.move(eur("17000"), Posting.outstanding(ID), Posting.held(FUND))));
        assertBalances(it, "0", "42500");
    }

    @Test
    void payments_bounce_one_after_the_other_and_again() {
        Agreement it = bounced();
        it.bounced("advance", "That one too.", approver());
        assertBalances(it, "59500", "0");
        paid(it, "balance");
        assertThat(it.state()).isEqualTo(State.IN_FORCE);
        paid(it, "advance");
        assertThat(it.state()).isEqualTo(State.CLOSED);
        it.bounced("advance", "Once more.", approver());
        assertBalances(it, "42500", "17000");
        it.cancel("advance", "Enough.", approver());
        assertThat(it.state()).isEqualTo(State.CLOSED);
        assertBalances(it, "0", "17000");
    }

    @Test
    void of_a_terminated_project_it_is_cancelled_and_given_back_at_once() {
        Agreement it = paid(active(), "advance");
        project(it, KnownProject.State.TERMINATED);
        assertBalances(it, "0", "42500");
        it.bounced("advance", "The account is closed.", approver());

        assertThat(it.events())
                .endsWith(
                        new AgreementResumed(PROJECT, FUND),
                        new AgreementTerminated(PROJECT, FUND, "The secretariat decided so."),
                        new TrancheCancelled(PROJECT, FUND, "advance", "The secretariat decided so."),
                        new AgreementClosed(
                                PROJECT,
                                FUND,
                                FUNDER,
                                eur("42500"),
                                Posting.move(eur("42500"), Posting.outstanding(ID), Posting.held(FUND))));
        assertBalances(it, "0", "0");
    }

    @Test
    void what_was_not_paid_does_not_bounce_and_other_steps_stay_refused() {
        Agreement it = closedWithARest();

        wrongState(() -> it.bounced("interim", "No.", approver()));
        wrongState(() -> it.request("balance", officer()));
        wrongState(() -> it.cancel("balance", "No.", approver()));
        it.on(facts -> facts.project(KnownProject.State.COMPLETED, "Again."), system());
        assertThat(it.state()).isEqualTo(State.CLOSED);
    }
}
