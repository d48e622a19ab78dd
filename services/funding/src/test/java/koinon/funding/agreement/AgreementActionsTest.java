package koinon.funding.agreement;

import static koinon.funding.agreement.AgreementFixture.active;
import static koinon.funding.agreement.AgreementFixture.booked;
import static koinon.funding.agreement.AgreementFixture.interimPayable;
import static koinon.funding.agreement.AgreementFixture.paid;
import static koinon.funding.agreement.AgreementFixture.sent;
import static koinon.funding.agreement.AgreementFixture.verified;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.test.NextActionLaw;
import koinon.funding.Role;
import koinon.funding.TestActors;
import koinon.funding.agreement.payment.Tranche;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What can be done next with an agreement, in every state of it and of its tranches.
class AgreementActionsTest {

    private static final NextActionLaw<Agreement> LAW = new NextActionLaw<Agreement>(
                    Map.of(
                            "agreement.offer", (it, _, by) -> it.offer(null, by),
                            "agreement.sign", (it, _, by) -> it.sign(null, by),
                            "agreement.countersign", (it, _, by) -> it.countersign(by),
                            "tranche.request", (it, id, by) -> it.request(id, by),
                            "tranche.authorise", (it, id, by) -> it.authorise(id, by),
                            "tranche.send", (it, id, by) -> it.send(id, "KN-new", by),
                            "tranche.record", (it, id, by) -> it.paid(id, booked(it, id), by)),
                    Map.of(),
                    it -> {
                        throw new AssertionError(it);
                    },
                    TestActors.NOW)
            .withRights(
                    Role.FUNDER_OFFICER.ofFunder(TestActors.FUNDER),
                    Role.FUNDER_APPROVER.ofFunder(TestActors.FUNDER),
                    Role.CITY_SIGNATORY.ofCity("elsewhere"));

    @ParameterizedTest
    @EnumSource
    void what_is_listed_is_possible_and_nothing_else_in_each_state(State state) {
        LAW.holdsFor(AgreementLifecycleTest.IN_STATE.get(state));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CANCELLED")
    void what_is_listed_is_possible_and_nothing_else_in_each_state_of_a_tranche(Tranche.State state) {
        LAW.holdsFor(() -> withAdvance(state));
    }

    private static Agreement withAdvance(Tranche.State state) {
        Agreement it = state == Tranche.State.PLANNED ? AgreementFixture.inForce() : active();
        switch (state) {
            case PLANNED, PAYABLE, CANCELLED -> {}
            case REQUESTED -> it.request("advance", TestActors.officer());
            case AUTHORISED -> {
                it.request("advance", TestActors.officer());
                it.authorise("advance", TestActors.approver());
            }
            case SENT -> {
                var _ = sent(it, "advance");
            }
            case PAID -> {
                var _ = paid(it, "advance");
            }
            case FAILED -> sent(it, "advance").failed("advance", "No such account.", TestActors.approver());
            case BOUNCED -> paid(it, "advance").bounced("advance", "Returned.", TestActors.approver());
        }
        return it;
    }

    @Test
    void an_officer_offers_only_what_is_approved_which_the_agreement_hears() {
        Agreement it = AgreementFixture.reserved();
        assertThat(it.actions()).isEmpty();
        AgreementFixture.approved(it, 1);
        assertThat(it.actions()).extracting(NextAction::action).containsExactly("agreement.offer");
    }

    @Test
    void a_tranche_of_which_nothing_was_earned_is_cancelled() {
        Agreement it = active();
        verified(it, "m1", "0");
        verified(it, "m2", "0");
        assertThat(it.actions())
                .filteredOn(action -> "tranche/interim".equals(action.subject()))
                .extracting(NextAction::action)
                .containsExactly("tranche.cancel");
    }

    @Test
    void a_planned_tranche_names_what_it_waits_for() {
        assertThat(active().actions())
                .filteredOn(NextAction::isAutomatic)
                .flatExtracting(NextAction::needs)
                .extracting(it -> it.says().key())
                .containsOnly("agreement-in-force", "project-active", "milestone-verified", "project-completed");
        assertThat(interimPayable().actions())
                .filteredOn(NextAction::isAutomatic)
                .flatExtracting(NextAction::needs)
                .extracting(Need::of)
                .containsOnly("agreement/" + AgreementFixture.ID, "project/" + AgreementFixture.PROJECT);
    }

    @Test
    void a_tranche_that_waits_for_its_suspended_agreement_is_published_as_held() {
        assertThat(AgreementFixture.suspended().publishedState().parts())
                .containsEntry("tranche/advance", "HELD")
                .containsEntry("tranche/balance", "HELD");
    }
}
