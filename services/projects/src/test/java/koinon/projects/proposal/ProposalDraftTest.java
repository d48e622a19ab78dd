package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.CITIES;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.IDEA;
import static koinon.projects.proposal.ProposalFixture.LEFT;
import static koinon.projects.proposal.ProposalFixture.NOW;
import static koinon.projects.proposal.ProposalFixture.editor;
import static koinon.projects.proposal.ProposalFixture.part;
import static koinon.projects.proposal.ProposalFixture.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.projects.TestActors;
import koinon.projects.call.Call;
import koinon.projects.call.CallFixture;
import koinon.projects.origin.KnownOrigin;
import koinon.projects.origin.Origin;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Part;
import koinon.projects.proposal.event.ProposalEvent;
import koinon.projects.proposal.event.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.event.ProposalEvent.SummaryChanged;
import koinon.projects.proposal.writing.Partnership;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How cities write a proposal together.
class ProposalDraftTest {

    private static void refused(String rule, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    private static void invalid(String pointer, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations())
                                .extracting(ValidationFailed.Violation::pointer)
                                .contains(pointer));
    }

    @Test
    void the_lead_drafts_it_and_is_a_partner_that_has_accepted() {
        Proposal it = ProposalFixture.drafted(CALL);

        assertThat(it.events())
                .containsExactly(new ProposalEvent.ProposalDrafted("call-1", 1, HANOI, "Craft routes", IDEA));
        assertThat(it.origin()).isEqualTo(IDEA);
        assertThat(it.partnership().stateOf(HANOI)).isEqualTo(Partnership.State.ACCEPTED);
        assertThat(it.plan().cities()).containsExactly(HANOI);
    }

    static Stream<Call> a_call_that_takes_nothing_takes_no_draft() {
        return Stream.of(CallFixture.cancelled(), CallFixture.decided());
    }

    @ParameterizedTest
    @MethodSource
    void a_call_that_takes_nothing_takes_no_draft(Call call) {
        refused("call-closed", () -> ProposalFixture.drafted(call));
    }

    @Test
    void after_the_call_has_closed_nothing_is_drafted() {
        refused("call-closed", () -> ProposalFixture.drafted(HANOI, "x", ProposalFixture.later(editor(HANOI))));
    }

    @Test
    void only_an_editor_of_the_lead_drafts() {
        assertThatThrownBy(() -> ProposalFixture.drafted(HANOI, "x", editor(CEBU)))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> ProposalFixture.drafted(HANOI, "x", signatory(HANOI)))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void a_city_that_nobody_knows_neither_leads_nor_is_invited() {
        invalid("/lead", () -> ProposalFixture.drafted("xx-y", "x", editor("xx-y")));
        invalid("/city", () -> ProposalFixture.drafted(CALL).invite("xx-y", null, CALL, editor(HANOI)));
    }

    @Test
    void a_city_that_has_left_neither_leads_nor_is_invited() {
        refused("city-left", () -> ProposalFixture.drafted(LEFT, "x", editor(LEFT)));
        refused("city-left", () -> ProposalFixture.drafted(CALL).invite(LEFT, CITIES.get(LEFT), CALL, editor(HANOI)));
    }

    @Test
    void an_origin_that_nobody_knows_is_refused_and_none_is_needed() {
        invalid("/origin/id", () -> ProposalFixture.drafted(CALL, IDEA, null));
        invalid("/origin/id", () -> ProposalFixture.drafted(CALL, new Origin("gathering", "forum-2026"), null));
        assertThat(ProposalFixture.drafted(CALL, null, null).origin()).isNull();
    }

    @Test
    void nothing_comes_from_an_idea_that_was_dropped_nor_from_a_gathering_that_was_cancelled() {
        Origin forum = new Origin("gathering", "forum-2026");

        refused("idea-dropped", () -> ProposalFixture.drafted(CALL, IDEA, known(IDEA, KnownOrigin.State.DROPPED)));
        refused(
                "gathering-cancelled",
                () -> ProposalFixture.drafted(CALL, forum, known(forum, KnownOrigin.State.CANCELLED)));
        assertThat(ProposalFixture.drafted(CALL, forum, known(forum, KnownOrigin.State.OPEN))
                        .origin())
                .isEqualTo(forum);
    }

    private static KnownOrigin known(Origin origin, KnownOrigin.State state) {
        return new KnownOrigin(origin.name(), state);
    }

    @Test
    void the_common_parts_are_the_leads() {
        Proposal it = ProposalFixture.written(CALL);

        assertThatThrownBy(() -> it.writeSummary(ProposalFixture.summary(), CALL, editor(CEBU)))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.writeWorkPlan(List.of(), CALL, editor(CEBU)))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.invite("vn-hue", CITIES.get("vn-hue"), CALL, editor(CEBU)))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.remove(CEBU, "x", editor(CEBU))).isInstanceOf(AccessDenied.class);
    }

    @Test
    void each_city_acts_for_itself_alone() {
        Proposal it = ProposalFixture.written(CALL);

        assertThatThrownBy(() -> it.writePart(part(CEBU, "1"), CALL, editor(HANOI)))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.accept(CEBU, CALL, signatory(HANOI))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.decline(CEBU, "x", signatory(HANOI))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.commit(CEBU, CALL, signatory(HANOI))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.commit(CEBU, CALL, editor(CEBU))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.withdrawCommitment(CEBU, "x", signatory(HANOI)))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void dates_in_the_wrong_order_are_refused_and_a_missing_one_is_not() {
        SummaryChanged backwards = new SummaryChanged(
                "x", "", List.of(), List.of(), LocalDate.parse("2027-07-02"), LocalDate.parse("2027-07-01"));
        Proposal it = ProposalFixture.drafted(CALL);

        invalid("/endsOn", () -> it.writeSummary(backwards, CALL, editor(HANOI)));
        it.writeSummary(
                new SummaryChanged("x", "", List.of(), List.of(), LocalDate.parse("2027-07-02"), null),
                CALL,
                editor(HANOI));
        assertThat(it.plan().startsOn()).isEqualTo("2027-07-02");
    }

    @Test
    void two_milestones_never_share_an_id() {
        Proposal it = ProposalFixture.drafted(CALL);
        var first = ProposalFixture.milestones().getFirst();

        invalid("/milestones", () -> it.writeWorkPlan(List.of(first, first), CALL, editor(HANOI)));
    }

    @Test
    void amounts_are_in_the_currency_of_the_call() {
        Proposal it = ProposalFixture.drafted(CALL);
        Money dollars = Money.of("1", "USD");
        PartnerPartChanged change = new PartnerPartChanged(
                HANOI, dollars, List.of(new Contribution("x", Contribution.CASH, null, dollars)), dollars, "");

        assertThatThrownBy(() -> it.writePart(change, CALL, editor(HANOI)))
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        wrong -> assertThat(wrong.violations())
                                .extracting(ValidationFailed.Violation::pointer)
                                .containsExactly(
                                        "/grant/currency", "/overhead/currency", "/contributions/0/amount/currency"));
    }

    @Test
    void each_part_has_an_etag_of_its_own() {
        Proposal it = ProposalFixture.drafted(CALL);
        it.writeSummary(ProposalFixture.summary(), CALL, editor(HANOI));
        it.writeWorkPlan(List.of(), CALL, editor(HANOI));
        it.writePart(part(HANOI, "1"), CALL, editor(HANOI));

        assertThat(Stream.of("summary", "work-plan", "partner/" + HANOI, "partner/" + CEBU)
                        .map(it::etag))
                .containsExactly(2L, 3L, 4L, 1L);
    }

    @Test
    void a_partner_is_invited_accepts_and_commits_to_what_it_has_written() {
        Proposal it = ProposalFixture.drafted(CALL);
        it.invite(CEBU, CITIES.get(CEBU), CALL, editor(HANOI));
        assertThat(it.plan().part(CEBU)).contains(Part.empty(CEBU));

        refused("wrong-state", () -> it.writePart(part(CEBU, "1"), CALL, editor(CEBU)));
        refused("wrong-state", () -> it.commit(CEBU, CALL, signatory(CEBU)));
        it.accept(CEBU, CALL, signatory(CEBU));
        refused("part-not-written", () -> it.commit(CEBU, CALL, signatory(CEBU)));
        it.writePart(part(CEBU, "1"), CALL, editor(CEBU));
        it.commit(CEBU, CALL, signatory(CEBU));

        assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.COMMITTED);
    }

    @Test
    void a_partner_that_declines_takes_its_part_along_and_may_be_asked_again() {
        Proposal it = ProposalFixture.written(CALL);

        it.decline(CEBU, "No time.", signatory(CEBU));
        assertThat(it.plan().cities()).containsExactly(HANOI);
        it.invite(CEBU, CITIES.get(CEBU), CALL, editor(HANOI));
        assertThat(it.plan().part(CEBU)).contains(Part.empty(CEBU));
    }

    @Test
    void a_committed_partner_takes_its_commitment_back_before_it_declines() {
        Proposal it = ProposalFixture.ready(CALL);

        refused("wrong-state", () -> it.decline(CEBU, "x", signatory(CEBU)));
        it.withdrawCommitment(CEBU, "The council says no.", signatory(CEBU));
        it.decline(CEBU, "The council says no.", signatory(CEBU));
        assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.DECLINED);
    }

    @Test
    void the_lead_removes_any_partner_but_itself() {
        Proposal it = ProposalFixture.ready(CALL);

        it.remove(CEBU, "It does not answer.", editor(HANOI));
        assertThat(it.plan().cities()).containsExactly(HANOI);
        refused("is-lead", () -> it.remove(HANOI, "x", editor(HANOI)));
        refused("is-lead", () -> it.decline(HANOI, "x", signatory(HANOI)));
    }

    @Test
    void a_commitment_lapses_when_what_it_was_given_for_changes() {
        Proposal it = ProposalFixture.ready(CALL);

        it.writePart(part(CEBU, "39999.98"), CALL, editor(CEBU));

        assertThat(it.events().reversed().subList(0, 2))
                .extracting(Object::getClass)
                .containsExactly(ProposalEvent.CommitmentLapsed.class, PartnerPartChanged.class);
        assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.ACCEPTED);
        assertThat(it.partnership().stateOf(HANOI)).isEqualTo(Partnership.State.COMMITTED);
        assertThat(it.readiness(CALL, CITIES, NOW).missing()).startsWith("commitments: Not committed: " + CEBU);
    }

    @Test
    void contributions_overhead_and_tasks_undo_a_commitment_too_and_the_same_words_do_not() {
        PartnerPartChanged same = part(CEBU, "39999.99");
        List<PartnerPartChanged> others = List.of(
                new PartnerPartChanged(CEBU, same.grant(), List.of(), same.overhead(), same.tasks()),
                new PartnerPartChanged(
                        CEBU, same.grant(), same.contributions(), ProposalFixture.eur("2"), same.tasks()),
                new PartnerPartChanged(CEBU, same.grant(), same.contributions(), same.overhead(), "Nothing"));
        for (PartnerPartChanged other : others) {
            Proposal it = ProposalFixture.ready(CALL);
            it.writePart(other, CALL, editor(CEBU));
            assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.ACCEPTED);
        }

        Proposal it = ProposalFixture.ready(CALL);
        it.writePart(same, CALL, editor(CEBU));
        assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.COMMITTED);
    }

    @Test
    void the_common_parts_undo_no_commitment() {
        Proposal it = ProposalFixture.ready(CALL);

        it.writeSummary(ProposalFixture.summary(), CALL, editor(HANOI));
        it.writeWorkPlan(ProposalFixture.milestones(), CALL, editor(HANOI));

        assertThat(it.readiness(CALL, CITIES, NOW).ready()).isTrue();
    }

    @Test
    void after_submission_nothing_is_written() {
        Proposal it = ProposalFixture.submitted(CALL);

        refused("wrong-state", () -> it.writePart(part(CEBU, "1"), CALL, editor(CEBU)));
        refused("wrong-state", () -> it.writeSummary(ProposalFixture.summary(), CALL, editor(HANOI)));
        refused("wrong-state", () -> it.withdrawCommitment(CEBU, "x", signatory(CEBU)));
    }

    @Test
    void whoever_holds_two_fitting_mandates_names_one() {
        var both = TestActors.with("b", NOW, "city-editor@city/" + HANOI, "city-editor@city/" + HANOI);

        assertThatThrownBy(() -> ProposalFixture.drafted(CALL).writeSummary(ProposalFixture.summary(), CALL, both))
                .isInstanceOf(ValidationFailed.class);
    }
}
