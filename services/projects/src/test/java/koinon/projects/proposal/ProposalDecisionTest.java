package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.AFTER_RETURN;
import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.CITIES;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.NOW;
import static koinon.projects.proposal.ProposalFixture.SECRETARIAT;
import static koinon.projects.proposal.ProposalFixture.SYSTEM;
import static koinon.projects.proposal.ProposalFixture.UNTIL;
import static koinon.projects.proposal.ProposalFixture.editor;
import static koinon.projects.proposal.ProposalFixture.eur;
import static koinon.projects.proposal.ProposalFixture.facts;
import static koinon.projects.proposal.ProposalFixture.later;
import static koinon.projects.proposal.ProposalFixture.part;
import static koinon.projects.proposal.ProposalFixture.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koinon.eventing.action.Deadline;
import koinon.eventing.actor.Actor;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.TestActors;
import koinon.projects.call.Call;
import koinon.projects.call.CallFixture;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.ApprovedPlan;
import koinon.projects.plan.Grant;
import koinon.projects.plan.PartnerShare;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.ProposalDecisions.Facts;
import koinon.projects.proposal.event.ProposalEvent;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import koinon.projects.proposal.event.ProposalEvent.ProposalApproved;
import koinon.projects.proposal.event.ProposalEvent.ProposalSelected;
import koinon.projects.proposal.event.ProposalEvent.ReserveListed;
import koinon.projects.proposal.selection.Selection;
import koinon.projects.proposal.writing.Partnership;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Submission, decisions, and the funds' answers.
class ProposalDecisionTest {

    private static final Actor SECOND = TestActors.with("s-2", NOW, "secretariat@network");

    private static void refused(String rule, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    private static void denied(String rule, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        AccessDenied.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    private static void on(Proposal it, int selection, String fund, Selection.Answer answer) {
        it.on(selection, fund, answer, CALL, SYSTEM);
    }

    @Test
    void the_leads_signatory_submits_what_is_ready() {
        Proposal it = ProposalFixture.submitted(CALL);

        assertThat(it.state()).isEqualTo(State.SUBMITTED);
        assertThat(it.events().getLast()).isEqualTo(new ProposalEvent.ProposalSubmitted(1, 1, it.plan()));
    }

    @Test
    void nobody_else_submits_reopens_or_withdraws() {
        Proposal ready = ProposalFixture.ready(CALL);
        Proposal submitted = ProposalFixture.submitted(CALL);

        for (Actor other : List.of(editor(HANOI), signatory(CEBU), SECRETARIAT)) {
            assertThatThrownBy(() -> ready.submit(CALL, CITIES, other)).isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> submitted.reopen(CALL, other)).isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> submitted.withdraw("x", other)).isInstanceOf(AccessDenied.class);
        }
    }

    @Test
    void what_is_not_ready_is_not_submitted_and_the_refusal_says_what_is_missing() {
        assertThatThrownBy(() -> ProposalFixture.written(CALL).submit(CALL, CITIES, signatory(HANOI)))
                .isInstanceOf(RuleViolation.class)
                .hasMessageContaining("commitments: Not committed");
    }

    @Test
    void after_the_deadline_nothing_is_submitted_or_reopened() {
        refused("not-ready", () -> ProposalFixture.ready(CALL).submit(CALL, CITIES, later(signatory(HANOI))));
        refused("call-closed", () -> ProposalFixture.submitted(CALL).reopen(CALL, later(signatory(HANOI))));
    }

    @Test
    void it_is_reopened_corrected_and_submitted_again() {
        Proposal it = ProposalFixture.submitted(CALL);

        it.reopen(CALL, signatory(HANOI));
        it.writePart(part(CEBU, "30000"), CALL, editor(CEBU));
        it.commit(CEBU, CALL, signatory(CEBU));
        it.submit(CALL, CITIES, signatory(HANOI));

        assertThat(it.events().getLast()).isEqualTo(new ProposalEvent.ProposalSubmitted(2, 1, it.plan()));
        assertThat(it.submitted().grantIn("EUR")).isEqualTo(eur("90000.01"));
    }

    @Test
    void what_was_reopened_and_not_submitted_again_counts_as_it_was_submitted() {
        Proposal it = ProposalFixture.submitted(CALL);
        it.reopen(CALL, signatory(HANOI));
        it.remove(CEBU, "Alone.", editor(HANOI));

        refused("in-partners-hands", () -> it.decide(Outcome.ELIGIBLE, "x", Map.of(), facts(CALL), SECRETARIAT));
        it.decide(Outcome.ELIGIBLE, "As submitted.", Map.of(), facts(CALL), later(SECRETARIAT));

        assertThat(it.state()).isEqualTo(State.ELIGIBLE);
        assertThat(it.plan()).isEqualTo(it.submitted());
        assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.COMMITTED);
    }

    @Test
    void a_decision_names_the_submission_that_it_restores_and_every_part_has_changed() {
        for (boolean eligible : List.of(true, false)) {
            Proposal it = ProposalFixture.submitted(CALL);
            it.reopen(CALL, signatory(HANOI));
            it.writePart(part(CEBU, "45000"), CALL, editor(CEBU));
            it.invite("vn-hue", CITIES.get("vn-hue"), CALL, editor(HANOI));
            it.decide(
                    eligible ? Outcome.ELIGIBLE : Outcome.INELIGIBLE,
                    "As submitted.",
                    Map.of(),
                    facts(CALL),
                    later(SECRETARIAT));

            assertThat(it.events().getLast())
                    .isEqualTo(
                            eligible
                                    ? new ProposalEvent.FoundEligible(1, "As submitted.")
                                    : new ProposalEvent.FoundIneligible(1, "As submitted."));
            for (String part : List.of("summary", "work-plan", "partner/" + HANOI, "partner/" + CEBU, "partner/vn-hue"))
                assertThat(it.etag(part)).as(part).isEqualTo(it.sequence());
            assertThat(it.submission().plan()).isEqualTo(it.plan());
            assertThat(it.publishedState().parts())
                    .isEqualTo(Map.of("partner/" + HANOI, "COMMITTED", "partner/" + CEBU, "COMMITTED"));
        }
    }

    @ParameterizedTest
    @CsvSource({"ELIGIBLE, SUBMITTED", "INELIGIBLE, SUBMITTED", "RESERVE_LISTED, ELIGIBLE", "NOT_APPROVED, ELIGIBLE"})
    void a_decision_is_reversed_by_another_person_with_a_reason(State from, State to) {
        Proposal it = ProposalFixture.in(from);

        denied("separate-hands", () -> it.reverseDecision("A mistake.", CALL, SECRETARIAT));
        it.reverseDecision("A mistake.", CALL, SECOND);

        assertThat(it.state()).isEqualTo(to);
        assertThat(it.reason()).isEqualTo("A mistake.");
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"ELIGIBLE", "INELIGIBLE", "RESERVE_LISTED", "NOT_APPROVED"},
            mode = EnumSource.Mode.EXCLUDE)
    void what_is_no_decision_of_the_secretariat_is_not_reversed(State state) {
        refused("wrong-state", () -> ProposalFixture.in(state).reverseDecision("x", CALL, SECOND));
    }

    @Test
    void a_reversed_decision_is_made_anew() {
        Proposal it = ProposalFixture.in(State.INELIGIBLE);
        it.reverseDecision("A mistake.", CALL, SECOND);
        it.decide(Outcome.ELIGIBLE, "Complete.", Map.of(), facts(CALL), SECRETARIAT);

        assertThat(it.state()).isEqualTo(State.ELIGIBLE);
    }

    @Test
    void in_a_concluded_call_nothing_is_reversed_and_only_the_reserve_list_is_decided_on() {
        Call decided = CallFixture.decided();
        Call archived = CallFixture.archived();
        Proposal listed = ProposalFixture.in(State.RESERVE_LISTED);
        for (State state : List.of(State.ELIGIBLE, State.INELIGIBLE, State.RESERVE_LISTED, State.NOT_APPROVED)) {
            refused("call-decided", () -> ProposalFixture.in(state).reverseDecision("x", decided, SECOND));
            refused("call-archived", () -> ProposalFixture.in(state).reverseDecision("x", archived, SECOND));
        }
        for (Outcome outcome : List.of(Outcome.ELIGIBLE, Outcome.INELIGIBLE))
            refused(
                    "call-decided",
                    () -> ProposalFixture.submitted(CALL).decide(outcome, "x", Map.of(), facts(decided), SECRETARIAT));
        for (Outcome outcome : List.of(Outcome.SELECTED, Outcome.NOT_APPROVED))
            refused(
                    "call-archived",
                    () -> listed.decide(outcome, "x", Map.of("fund-b", CEBU), facts(archived), SECRETARIAT));
        listed.decide(Outcome.SELECTED, "x", Map.of("fund-b", CEBU), facts(decided), SECRETARIAT);
    }

    @Test
    void a_city_that_has_left_since_the_submission_is_found_at_each_later_step() {
        Map<String, KnownCity> cities = new HashMap<>(ProposalFixture.CITIES);
        cities.put(CEBU, new KnownCity(CEBU, "Cebu City", "PH", null, "Design", KnownCity.State.LEFT, null));
        Facts left = new Facts(CALL, CallFixture.FUNDS, cities);

        refused(
                "partner-cities",
                () -> ProposalFixture.submitted(CALL).decide(Outcome.ELIGIBLE, "x", Map.of(), left, SECRETARIAT));
        for (State state : List.of(State.ELIGIBLE, State.RESERVE_LISTED))
            refused(
                    "partner-cities",
                    () -> ProposalFixture.in(state)
                            .decide(Outcome.SELECTED, "x", Map.of("fund-b", CEBU), left, SECRETARIAT));
        ProposalFixture.submitted(CALL).decide(Outcome.INELIGIBLE, "Cebu left.", Map.of(), left, SECRETARIAT);
    }

    @Test
    void what_was_never_submitted_is_never_decided_on() {
        refused(
                "in-partners-hands",
                () -> ProposalFixture.ready(CALL)
                        .decide(Outcome.ELIGIBLE, "x", Map.of(), facts(CALL), later(SECRETARIAT)));
    }

    @Test
    void it_is_returned_until_a_deadline_of_its_own_also_after_the_call_has_closed() {
        Proposal it = ProposalFixture.submitted(CALL);
        it.returnForCorrection("A date is wrong.", UNTIL, later(SECRETARIAT));
        assertThat(it.state()).isEqualTo(State.RETURNED);
        assertThat(it.returnedUntil()).isEqualTo(UNTIL);

        it.writeSummary(ProposalFixture.summary(), CALL, later(editor(HANOI)));
        it.submit(CALL, CITIES, later(signatory(HANOI)));

        assertThat(it.state()).isEqualTo(State.SUBMITTED);
        assertThat(it.returnedUntil()).isNull();
    }

    @Test
    void after_the_deadline_of_its_own_what_was_submitted_is_decided_on() {
        Proposal it = ProposalFixture.returned();
        Actor after = TestActors.secretariat(AFTER_RETURN);

        refused("in-partners-hands", () -> it.decide(Outcome.ELIGIBLE, "x", Map.of(), facts(CALL), later(SECRETARIAT)));
        refused("not-ready", () -> it.submit(CALL, CITIES, TestActors.signatory(HANOI, AFTER_RETURN)));
        it.decide(Outcome.INELIGIBLE, "Not mended.", Map.of(), facts(CALL), after);
        assertThat(it.state()).isEqualTo(State.INELIGIBLE);
    }

    @Test
    void the_deadline_of_a_return_lies_ahead_in_a_zone_that_exists() {
        Proposal it = ProposalFixture.submitted(CALL);
        LocalDateTime past = LocalDateTime.parse("2027-01-01T00:00");

        assertThatThrownBy(() -> it.returnForCorrection("x", new Deadline(past, "Asia/Bangkok"), SECRETARIAT))
                .isInstanceOf(ValidationFailed.class);
        assertThatThrownBy(() -> it.returnForCorrection("x", new Deadline(past, "Asia/Atlantis"), SECRETARIAT))
                .isInstanceOf(ValidationFailed.class);
    }

    @Test
    void eligibility_is_decided_while_the_call_is_open_too() {
        Proposal it = ProposalFixture.eligible(CALL);

        assertThat(it.events().getLast()).isEqualTo(new ProposalEvent.FoundEligible(1, "Complete."));
        assertThat(it.reason()).isEqualTo("Complete.");
        refused("wrong-state", () -> it.reopen(CALL, signatory(HANOI)));
    }

    @Test
    void only_the_secretariat_decides() {
        Proposal submitted = ProposalFixture.submitted(CALL);
        Proposal eligible = ProposalFixture.eligible(CALL);
        Actor officer = TestActors.with("o", NOW, "funder-officer@funder/xm-dac-41304");

        for (Actor other : List.of(signatory(HANOI), officer))
            Stream.<ThrowingCallable>of(
                            () -> submitted.returnForCorrection("x", UNTIL, other),
                            () -> submitted.decide(Outcome.ELIGIBLE, "x", Map.of(), facts(CALL), other),
                            () -> eligible.decide(
                                    Outcome.SELECTED, "x", Map.of(), facts(CALL, CallFixture.FUNDS), other),
                            () -> eligible.decide(Outcome.RESERVE_LISTED, "x", Map.of(), facts(CALL), other),
                            () -> eligible.decide(Outcome.NOT_APPROVED, "x", Map.of(), facts(CALL), other))
                    .forEach(it -> assertThatThrownBy(it).isInstanceOf(AccessDenied.class));
    }

    @Test
    void nobody_decides_who_holds_a_mandate_for_one_of_its_cities() {
        Actor torn = TestActors.with("t", NOW, "secretariat@network", "city-editor@city/" + CEBU);
        Proposal submitted = ProposalFixture.submitted(CALL);
        Proposal eligible = ProposalFixture.eligible(CALL);
        Proposal listed = ProposalFixture.in(State.RESERVE_LISTED);

        Stream.<ThrowingCallable>of(
                        () -> submitted.returnForCorrection("x", UNTIL, torn),
                        () -> submitted.decide(Outcome.ELIGIBLE, "x", Map.of(), facts(CALL), torn),
                        () -> eligible.decide(Outcome.SELECTED, "x", Map.of(), facts(CALL, CallFixture.FUNDS), torn),
                        () -> eligible.decide(Outcome.RESERVE_LISTED, "x", Map.of(), facts(CALL), torn),
                        () -> listed.decide(Outcome.NOT_APPROVED, "x", Map.of(), facts(CALL), torn))
                .forEach(it -> refused("partner-mandate", it));
    }

    @Test
    void a_selection_splits_the_grant_by_the_calls_shares_and_the_last_fund_takes_the_rest() {
        assertThat(ProposalFixture.selected().events().getLast())
                .isEqualTo(new ProposalSelected(
                        1,
                        "call-1",
                        List.of(
                                new PartnerShare(HANOI, eur("60000.01"), eur("10000")),
                                new PartnerShare(CEBU, eur("39999.99"), eur("10000"))),
                        HANOI,
                        List.of(new Grant("fund-a", eur("70000"), HANOI), new Grant("fund-b", eur("30000"), CEBU)),
                        "The best."));
    }

    @Test
    void a_citys_own_fund_never_pays_that_city() {
        refused(
                "own-fund",
                () -> ProposalFixture.eligible(CALL)
                        .decide(Outcome.SELECTED, "x", Map.of(), facts(CALL, CallFixture.FUNDS), SECRETARIAT));
    }

    @Test
    void a_beneficiary_is_a_partner_and_of_a_fund_of_the_call() {
        Proposal it = ProposalFixture.eligible(CALL);

        assertThatThrownBy(() -> it.decide(
                        Outcome.SELECTED, "x", Map.of("fund-b", "vn-hue"), facts(CALL, CallFixture.FUNDS), SECRETARIAT))
                .isInstanceOf(ValidationFailed.class);
        assertThatThrownBy(() -> it.decide(
                        Outcome.SELECTED, "x", Map.of("fund-x", CEBU), facts(CALL, CallFixture.FUNDS), SECRETARIAT))
                .isInstanceOf(ValidationFailed.class);
    }

    @Test
    void under_a_cancelled_call_nothing_is_selected() {
        refused(
                "call-cancelled",
                () -> ProposalFixture.eligible(CALL)
                        .decide(
                                Outcome.SELECTED,
                                "x",
                                Map.of("fund-b", CEBU),
                                facts(CallFixture.cancelled(), CallFixture.FUNDS),
                                SECRETARIAT));
    }

    @Test
    void when_every_fund_holds_its_part_it_is_approved_with_its_plan() {
        Proposal it = ProposalFixture.selected();

        on(it, 1, "fund-b", Selection.Answer.RESERVED);
        assertThat(it.state()).isEqualTo(State.SELECTED);
        on(it, 1, "fund-a", Selection.Answer.RESERVED);

        assertThat(it.state()).isEqualTo(State.APPROVED);
        ApprovedPlan plan = ((ProposalApproved) it.events().getLast()).award();
        assertThat(plan.title()).isEqualTo("Craft routes");
        assertThat(plan.grants()).isEqualTo(it.selection().grants());
        assertThat(plan.milestones()).isEqualTo(ProposalFixture.milestones());
        assertThat(plan.tranches()).isEqualTo(CALL.terms().tranches());
        assertThat(plan.thresholds()).isEqualTo(CALL.terms().thresholds());
    }

    @Test
    void when_one_fund_refused_it_is_reserve_listed_once_all_have_answered() {
        Proposal it = ProposalFixture.selected();

        on(it, 1, "fund-a", Selection.Answer.refused("Only 10.00 EUR are left."));
        assertThat(it.state()).isEqualTo(State.SELECTED);
        on(it, 1, "fund-b", Selection.Answer.RESERVED);

        assertThat(it.events().getLast()).isEqualTo(new ReserveListed(1, "Only 10.00 EUR are left."));
        assertThat(it.reason()).isEqualTo("Only 10.00 EUR are left.");
    }

    @Test
    void what_was_reserve_listed_is_selected_again_under_the_next_number_and_old_answers_count_for_nothing() {
        Proposal it = ProposalFixture.selected();
        on(it, 1, "fund-a", Selection.Answer.refused("Nothing left."));
        on(it, 1, "fund-b", Selection.Answer.refused("Neither."));
        assertThat(it.reason()).isEqualTo("Nothing left. Neither.");

        it.decide(
                Outcome.SELECTED,
                "There is money again.",
                Map.of("fund-b", CEBU),
                facts(CALL, CallFixture.FUNDS),
                SECRETARIAT);
        assertThat(it.selection().number()).isEqualTo(2);
        on(it, 1, "fund-a", Selection.Answer.RESERVED);
        on(it, 2, "fund-b", Selection.Answer.RESERVED);
        on(it, 2, "fund-b", Selection.Answer.refused("Too late to say."));
        assertThat(it.state()).isEqualTo(State.SELECTED);
        on(it, 2, "fund-a", Selection.Answer.RESERVED);

        assertThat(it.events().getLast()).isInstanceOf(ProposalApproved.class);
        assertThat(((ProposalApproved) it.events().getLast()).selection()).isEqualTo(2);
    }

    @Test
    void a_late_answer_never_undoes_what_is_decided() {
        Proposal it = ProposalFixture.in(State.APPROVED);

        on(it, 1, "fund-a", Selection.Answer.refused("x"));

        assertThat(it.state()).isEqualTo(State.APPROVED);
    }

    @Test
    void without_a_fund_it_is_approved_at_once() {
        Call call = CallFixture.published(_ -> CallFixture.termsWithoutGrant());
        Proposal it = ProposalFixture.eligible(call);

        it.decide(Outcome.SELECTED, "Good.", Map.of(), facts(call, List.of()), SECRETARIAT);

        assertThat(it.state()).isEqualTo(State.APPROVED);
        assertThat(it.events().getLast())
                .isInstanceOfSatisfying(
                        ProposalApproved.class,
                        approved -> assertThat(approved.award().grants()).isEmpty());
    }

    @Test
    void what_was_never_selected_is_reserve_listed_under_0() {
        assertThat(ProposalFixture.in(State.RESERVE_LISTED).events().getLast())
                .isEqualTo(new ReserveListed(0, "Good, and no money."));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"DRAFT", "SUBMITTED", "RETURNED", "ELIGIBLE", "RESERVE_LISTED"})
    void it_is_withdrawn_until_it_is_decided(State state) {
        Proposal it = ProposalFixture.in(state);

        it.withdraw("Another year.", signatory(HANOI));

        assertThat(it.state()).isEqualTo(State.WITHDRAWN);
    }

    @Test
    void while_the_funds_are_asked_nothing_else_is_possible() {
        Proposal it = ProposalFixture.selected();

        Stream.<ThrowingCallable>of(
                        () -> it.withdraw("x", signatory(HANOI)),
                        () -> it.reopen(CALL, signatory(HANOI)),
                        () -> it.submit(CALL, CITIES, signatory(HANOI)),
                        () -> it.writePart(part(CEBU, "1"), CALL, editor(CEBU)),
                        () -> it.returnForCorrection("x", UNTIL, SECRETARIAT),
                        () -> it.decide(Outcome.INELIGIBLE, "x", Map.of(), facts(CALL), SECRETARIAT),
                        () -> it.decide(
                                Outcome.SELECTED,
                                "x",
                                Map.of("fund-b", CEBU),
                                facts(CALL, CallFixture.FUNDS),
                                SECRETARIAT),
                        () -> it.decide(Outcome.RESERVE_LISTED, "x", Map.of(), facts(CALL), SECRETARIAT),
                        () -> it.decide(Outcome.NOT_APPROVED, "x", Map.of(), facts(CALL), SECRETARIAT))
                .forEach(command -> refused("wrong-state", command));
    }
}
