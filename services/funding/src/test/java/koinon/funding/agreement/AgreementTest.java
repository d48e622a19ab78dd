package koinon.funding.agreement;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.approver;
import static koinon.funding.TestActors.editor;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.person;
import static koinon.funding.TestActors.signatory;
import static koinon.funding.TestActors.system;
import static koinon.funding.agreement.AgreementFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import koinon.eventing.actor.Actor;
import koinon.funding.agreement.AgreementEvent.AgreementClosed;
import koinon.funding.agreement.AgreementEvent.AgreementDeclined;
import koinon.funding.agreement.AgreementEvent.AgreementInForce;
import koinon.funding.agreement.AgreementEvent.AgreementOffered;
import koinon.funding.agreement.AgreementEvent.AgreementRefused;
import koinon.funding.agreement.AgreementEvent.AgreementReleased;
import koinon.funding.agreement.AgreementEvent.AgreementRequested;
import koinon.funding.agreement.AgreementEvent.AgreementReserved;
import koinon.funding.agreement.AgreementEvent.AgreementResumed;
import koinon.funding.agreement.AgreementEvent.AgreementSuspended;
import koinon.funding.agreement.AgreementEvent.AgreementTerminated;
import koinon.funding.agreement.AgreementEvent.TrancheCancelled;
import koinon.funding.agreement.AgreementFacts.FundAnswer;
import koinon.funding.agreement.payment.OfferedTranche;
import koinon.funding.agreement.payment.OfferedTranche.Weight;
import koinon.funding.agreement.payment.Scheme;
import koinon.funding.agreement.payment.Scheme.Share;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.city.KnownCity;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgreementTest {

    @Test
    void its_id_is_named_by_project_and_fund() {
        assertThat(UUID.fromString(Agreement.idOf(PROJECT, FUND)).version()).isEqualTo(3);
        assertThat(Agreement.idOf(PROJECT, FUND)).isNotEqualTo(Agreement.idOf(PROJECT, "another"));
    }

    @Test
    void a_selection_requests_it() {
        assertThat(requested().events())
                .containsExactly(new AgreementRequested(PROJECT, CALL, FUND, 1, eur("85000"), "vn-hanoi", PARTNERS));
    }

    @Test
    void the_fund_reserves_it() {
        Agreement it = reserved();

        assertThat(last(it)).isEqualTo(new AgreementReserved(PROJECT, FUND, FUNDER, 1, eur("85000")));
        assertThat(it.state()).isEqualTo(State.RESERVED);
        assertThat(it.funder()).isEqualTo(FUNDER);
    }

    @Test
    void the_fund_refuses_it_with_its_reason() {
        Agreement it = refused();

        assertThat(last(it)).isEqualTo(new AgreementRefused(PROJECT, FUND, FUNDER, 1, "Nothing is free."));
        assertThat(it.state()).isEqualTo(State.REFUSED);
        assertThat(it.statusReason()).isEqualTo("Nothing is free.");
    }

    @Test
    void an_answer_to_an_earlier_selection_counts_for_nothing() {
        Agreement it = released();
        selected(it, 2);
        reserves(it, 1);
        assertThat(it.state()).isEqualTo(State.REQUESTED);

        reserves(it, 2);
        assertThat(it.state()).isEqualTo(State.RESERVED);
    }

    @Test
    void a_proposal_on_the_reserve_list_releases_it() {
        Agreement it = released();

        assertThat(last(it)).isEqualTo(new AgreementReleased(PROJECT, FUND, 1, eur("85000"), "Another fund refused."));
        assertThat(it.state()).isEqualTo(State.RELEASED);
    }

    @Test
    void being_on_the_reserve_list_before_a_selection_does_not_release_what_the_selection_reserved() {
        Agreement it = Agreement.placeholder(ID);
        it.on(facts -> facts.reserveListed(0, "Not enough money."), system());
        selected(it, 1);
        reserves(it, 1);

        assertThat(it.state()).isEqualTo(State.RESERVED);
    }

    @Test
    void a_new_selection_requests_it_again_after_a_refusal_and_after_a_release() {
        for (Agreement it : List.of(AgreementFixture.refused(), released())) {
            selected(it, 2);

            assertThat(it.state()).isEqualTo(State.REQUESTED);
            assertThat(it.selection()).isEqualTo(2);
            assertThat(it.statusReason()).isNull();
        }
    }

    @Test
    void the_same_selection_requests_it_only_once() {
        Agreement it = released();
        long before = it.sequence();
        selected(it, 1);

        assertThat(it.sequence()).isEqualTo(before);
    }

    @Test
    void it_can_be_offered_only_after_the_approval_of_this_selection() {
        Agreement it = reserved();
        AgreementFixture.refused("not-approved", () -> it.offer(null, officer()));

        approved(it, 7);
        AgreementFixture.refused("not-approved", () -> it.offer(null, officer()));
    }

    @Test
    void an_approval_that_was_received_early_counts() {
        Agreement it = Agreement.placeholder(ID);
        approved(it, 1);
        selected(it, 1);
        reserves(it, 1);
        it.offer(null, officer());

        assertThat(it.state()).isEqualTo(State.OFFERED);
    }

    @Test
    void the_offer_makes_amounts_of_the_shares() {
        assertThat(last(offered()))
                .isEqualTo(new AgreementOffered(
                        PROJECT,
                        FUND,
                        eur("85000"),
                        List.of(
                                new OfferedTranche("advance", eur("42500"), "in-force", List.of()),
                                new OfferedTranche(
                                        "interim",
                                        eur("25500"),
                                        "milestones",
                                        List.of(new Weight("m1", 3), new Weight("m2", 2))),
                                new OfferedTranche("balance", eur("17000"), "completion", List.of()))));
    }

    @Test
    void a_scheme_whose_shares_are_not_one_or_whose_condition_nobody_knows_cannot_be_offered() {
        for (Scheme bad : List.of(
                new Scheme(1, List.of(new Share("a", new BigDecimal("0.9"), "in-force")), List.of()),
                new Scheme(1, List.of(new Share("a", BigDecimal.ONE, "full-moon")), List.of()),
                new Scheme(1, List.of(), List.of()))) {
            Agreement it = reserved();
            it.on(facts -> facts.approved(bad), system());

            AgreementFixture.refused("scheme", () -> it.offer(null, officer()));
        }
    }

    @Test
    void the_beneficiarys_signatory_signs_or_declines_and_nobody_else() {
        assertThat(signed().state()).isEqualTo(State.SIGNED);
        assertThat(last(declined())).isEqualTo(new AgreementDeclined(PROJECT, FUND, "The advance is too large."));
        Agreement it = offered();
        for (Actor other : List.of(signatory("ph-cebu-city"), editor("vn-hanoi"), officer(), approver())) {
            forbidden("no-mandate", () -> it.sign(null, other));
            forbidden("no-mandate", () -> it.decline("No.", other));
        }
    }

    @Test
    void what_was_declined_can_be_offered_again() {
        Agreement it = declined();
        it.offer(null, officer());

        assertThat(it.state()).isEqualTo(State.OFFERED);
    }

    @Test
    void the_countersignature_brings_it_into_force_and_commits_the_money() {
        assertThat(last(inForce()))
                .isEqualTo(new AgreementInForce(
                        PROJECT,
                        FUND,
                        FUNDER,
                        eur("85000"),
                        List.of(
                                new Posting("fund/" + FUND + "/held", eur("-85000")),
                                new Posting("agreement/" + ID + "/outstanding", eur("85000")))));
    }

    @Test
    void someone_other_than_who_offered_countersigns() {
        Actor both = person("both", "funder-officer@funder/" + FUNDER, "funder-approver@funder/" + FUNDER);
        Agreement it = reserved();
        approved(it, 1);
        it.offer(null, both);
        it.sign(null, signatory("vn-hanoi"));

        forbidden("separate-hands", () -> it.countersign(both));
        it.countersign(approver());
        assertThat(it.state()).isEqualTo(State.IN_FORCE);
    }

    @Test
    void only_people_of_the_funder_act_for_it() {
        Actor other = person("other", "funder-officer@funder/other", "funder-approver@funder/other");
        Agreement reserved = reserved();
        approved(reserved, 1);
        Agreement signed = signed();

        forbidden("no-mandate", () -> reserved.offer(null, other));
        forbidden("no-mandate", () -> reserved.offer(null, approver()));
        forbidden("no-mandate", () -> signed.countersign(other));
        forbidden("no-mandate", () -> signed.countersign(officer()));
    }

    @Test
    void who_holds_a_mandate_for_a_partner_city_does_not_act_for_the_funder() {
        Actor torn = person(
                "torn",
                "funder-officer@funder/" + FUNDER,
                "funder-approver@funder/" + FUNDER,
                "city-editor@city/ph-cebu-city");
        Agreement reserved = reserved();
        approved(reserved, 1);
        Agreement signed = signed();
        Agreement active = active();
        Agreement requestedPayment = active();
        requestedPayment.request("advance", officer());

        forbidden("partner-mandate", () -> reserved.offer(null, torn));
        forbidden("partner-mandate", () -> signed.countersign(torn));
        forbidden("partner-mandate", () -> active.request("advance", torn));
        forbidden("partner-mandate", () -> requestedPayment.authorise("advance", torn));
        forbidden("partner-mandate", () -> active.cancel("advance", "No.", torn));
    }

    @Test
    void it_is_suspended_and_resumed_with_its_project() {
        Agreement it = suspended();
        assertThat(last(it)).isEqualTo(new AgreementSuspended(PROJECT, FUND));

        project(it, KnownProject.State.ACTIVE);
        assertThat(last(it)).isEqualTo(new AgreementResumed(PROJECT, FUND));
        assertThat(it.state()).isEqualTo(State.IN_FORCE);
    }

    @Test
    void an_agreement_that_comes_into_force_while_its_project_is_suspended_is_suspended_at_once() {
        Agreement it = signed();
        project(it, KnownProject.State.ACTIVE);
        project(it, KnownProject.State.SUSPENDED);
        it.countersign(approver());

        assertThat(it.state()).isEqualTo(State.SUSPENDED);
        assertThat(stateOf(it, "advance")).isEqualTo(Tranche.State.PLANNED);
    }

    static List<Agreement> notInForce() {
        return List.of(reserved(), offered(), declined(), signed());
    }

    @ParameterizedTest
    @MethodSource("notInForce")
    void a_terminated_project_releases_what_is_not_in_force(Agreement it) {
        project(it, KnownProject.State.TERMINATED);

        assertThat(last(it))
                .isEqualTo(new AgreementReleased(PROJECT, FUND, 1, eur("85000"), "The secretariat decided so."));
    }

    @Test
    void a_completed_project_releases_what_its_beneficiary_declined_since_it_can_no_longer_be_terminated() {
        Agreement before = declined();
        project(before, KnownProject.State.COMPLETED);
        assertThat(before.state()).isEqualTo(State.RELEASED);

        Agreement after = offered();
        project(after, KnownProject.State.COMPLETED);
        assertThat(after.state()).isEqualTo(State.OFFERED);
        after.decline("Not needed any more.", signatory("vn-hanoi"));
        assertThat(after.state()).isEqualTo(State.RELEASED);
    }

    @Test
    void a_terminated_project_terminates_it_and_cancels_what_the_bank_does_not_have() {
        Agreement it = terminated();

        assertThat(it.state()).isEqualTo(State.TERMINATED);
        assertThat(it.events())
                .contains(new AgreementTerminated(PROJECT, FUND, "The secretariat decided so."))
                .contains(new TrancheCancelled(PROJECT, FUND, "interim", "The secretariat decided so."));
        assertThat(stateOf(it, "advance")).isEqualTo(Tranche.State.SENT);
        assertThat(stateOf(it, "interim")).isEqualTo(Tranche.State.CANCELLED);
        assertThat(stateOf(it, "balance")).isEqualTo(Tranche.State.CANCELLED);
    }

    @Test
    void a_suspended_agreement_is_terminated_with_its_project() {
        Agreement it = suspended();
        project(it, KnownProject.State.TERMINATED);

        assertThat(it.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_terminated_agreement_closes_at_the_banks_answer_and_gives_back_the_rest() {
        Agreement paid = terminated();
        paid.paid("advance", booked(paid, "advance"), approver());
        assertThat(last(paid)).isEqualTo(closedWith("42500"));

        Agreement failed = terminated();
        failed.failed("advance", "No such account.", approver());
        assertThat(stateOf(failed, "advance")).isEqualTo(Tranche.State.CANCELLED);
        assertThat(last(failed)).isEqualTo(closedWith("85000"));
    }

    @Test
    void it_closes_when_the_project_is_completed_and_everything_is_paid_with_nothing_left() {
        Agreement it = paid(paid(interimPayable(), "advance"), "interim");
        project(it, KnownProject.State.COMPLETED);
        assertThat(it.state()).isEqualTo(State.IN_FORCE);
        paid(it, "balance");

        assertThat(last(it)).isEqualTo(new AgreementClosed(PROJECT, FUND, FUNDER, eur("0"), List.of()));
    }

    @Test
    void it_closes_when_everything_is_paid_or_cancelled_before_the_project_is_completed_too() {
        Agreement it = paid(active(), "advance");
        it.cancel("interim", "Given up.", approver());
        it.cancel("balance", "Given up.", approver());
        assertThat(it.state()).isEqualTo(State.IN_FORCE);
        project(it, KnownProject.State.COMPLETED);

        assertThat(last(it)).isEqualTo(closedWith("42500"));
    }

    @Test
    void an_agreement_that_comes_into_force_after_the_project_was_completed_still_pays_and_closes() {
        Agreement it = signed();
        verified(it, "m1", "1");
        verified(it, "m2", "1");
        project(it, KnownProject.State.COMPLETED);
        it.countersign(approver());
        for (String tranche : List.of("advance", "interim", "balance")) paid(it, tranche);

        assertThat(it.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_project_terminated_before_its_agreement_existed_releases_it_as_soon_as_it_is_reserved() {
        Agreement it = Agreement.placeholder(ID);
        project(it, KnownProject.State.TERMINATED);
        selected(it, 1);
        assertThat(it.state()).isEqualTo(State.REQUESTED);
        it.on(facts -> facts.answered(new FundAnswer(1, FUNDER, null)), system());

        assertThat(it.state()).isEqualTo(State.RELEASED);
    }

    @Test
    void what_nobody_offered_is_released_when_the_project_is_completed() {
        Agreement it = reserved();
        approved(it, 1);
        project(it, KnownProject.State.ACTIVE);
        assertThat(it.state()).isEqualTo(State.RESERVED);
        project(it, KnownProject.State.COMPLETED);

        assertThat(last(it))
                .isEqualTo(new AgreementReleased(PROJECT, FUND, 1, eur("85000"), "The secretariat decided so."));
    }

    private static AgreementClosed closedWith(String rest) {
        return new AgreementClosed(
                PROJECT,
                FUND,
                FUNDER,
                eur(rest),
                List.of(
                        new Posting("agreement/" + ID + "/outstanding", eur("-" + rest)),
                        new Posting("fund/" + FUND + "/held", eur(rest))));
    }

    @Test
    void a_city_that_has_left_the_network_is_neither_offered_an_agreement_nor_signs_one() {
        KnownCity left = new KnownCity("vn-hanoi", "Hanoi", true);
        KnownCity member = new KnownCity("vn-hanoi", "Hanoi", false);
        Agreement reserved = AgreementFixture.reserved();
        Agreement offered = AgreementFixture.offered();

        AgreementFixture.refused("beneficiary-left", () -> reserved.offer(left, officer()));
        AgreementFixture.refused("beneficiary-left", () -> offered.sign(left, signatory("vn-hanoi")));
        offered.sign(member, signatory("vn-hanoi"));
        assertThat(offered.state()).isEqualTo(State.SIGNED);
    }
}
