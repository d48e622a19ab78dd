package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.CITIES;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.SECRETARIAT;
import static koinon.projects.proposal.ProposalFixture.SYSTEM;
import static koinon.projects.proposal.ProposalFixture.editor;
import static koinon.projects.proposal.ProposalFixture.facts;
import static koinon.projects.proposal.ProposalFixture.later;
import static koinon.projects.proposal.ProposalFixture.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.call.CallFixture;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import koinon.projects.proposal.event.ProposalEvent.ReserveListed;
import koinon.projects.proposal.selection.Selection;
import koinon.projects.proposal.writing.Partnership;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A partner city that does not stand by what was submitted.
class ProposalStepBackTest {

    private static void refused(String rule, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    private static Proposal steppedBack(State state) {
        Proposal it = ProposalFixture.in(state);
        it.stepBack(CEBU, "No budget.", signatory(CEBU));
        return it;
    }

    private static void decide(Proposal it, Outcome outcome) {
        it.decide(outcome, "x", Map.of("fund-b", CEBU), facts(CALL, CallFixture.FUNDS), SECRETARIAT);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUBMITTED", "ELIGIBLE", "RESERVE_LISTED", "SELECTED"})
    void it_steps_back_after_submission_and_stays_in_the_plan(State state) {
        Proposal it = steppedBack(state);

        assertThat(it.state()).isEqualTo(state);
        assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.STEPPED_BACK);
        assertThat(it.plan().cities()).contains(CEBU);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"SUBMITTED", "ELIGIBLE", "RESERVE_LISTED", "SELECTED"})
    void in_every_other_state_it_does_not(State state) {
        refused("wrong-state", () -> steppedBack(state));
    }

    @Test
    void only_its_own_signatory_steps_back_and_the_lead_withdraws_instead() {
        Proposal it = ProposalFixture.submitted(CALL);

        for (var other : List.of(signatory(HANOI), editor(CEBU), SECRETARIAT))
            assertThatThrownBy(() -> it.stepBack(CEBU, "x", other)).isInstanceOf(AccessDenied.class);
        refused("is-lead", () -> it.stepBack(HANOI, "x", signatory(HANOI)));
    }

    @Test
    void it_is_neither_eligible_nor_selected_and_the_refusal_names_the_city() {
        assertThatThrownBy(() -> decide(steppedBack(State.SUBMITTED), Outcome.ELIGIBLE))
                .isInstanceOf(RuleViolation.class)
                .hasMessageStartingWith("Has stepped back: " + CEBU)
                .hasMessageContaining("return it");
        refused("partner-cities", () -> decide(steppedBack(State.ELIGIBLE), Outcome.SELECTED));
        refused("partner-cities", () -> decide(steppedBack(State.RESERVE_LISTED), Outcome.SELECTED));
    }

    @Test
    void decisions_against_it_stay_possible() {
        Proposal it = steppedBack(State.ELIGIBLE);
        decide(it, Outcome.NOT_APPROVED);

        assertThat(it.state()).isEqualTo(State.NOT_APPROVED);
    }

    @Test
    void while_selected_it_takes_effect_at_the_last_answer_of_the_funds() {
        Proposal it = steppedBack(State.SELECTED);
        it.on(1, "fund-a", Selection.Answer.RESERVED, CALL, SYSTEM);
        assertThat(it.state()).isEqualTo(State.SELECTED);
        it.on(1, "fund-b", Selection.Answer.RESERVED, CALL, SYSTEM);

        assertThat(it.events().getLast()).isEqualTo(new ReserveListed(1, CEBU + " has stepped back."));
    }

    @Test
    void it_may_withdraw_that_and_everything_goes_on() {
        Proposal it = steppedBack(State.SUBMITTED);
        it.withdrawStepBack(CEBU, signatory(CEBU));
        decide(it, Outcome.ELIGIBLE);
        decide(it, Outcome.SELECTED);

        assertThat(it.state()).isEqualTo(State.SELECTED);
    }

    @Test
    void the_lead_removes_it_once_the_proposal_was_returned() {
        Proposal it = steppedBack(State.SUBMITTED);
        it.returnForCorrection("A city has stepped back.", ProposalFixture.UNTIL, SECRETARIAT);
        refused("not-ready", () -> it.submit(CALL, CITIES, signatory(HANOI)));
        it.remove(CEBU, "It stepped back.", editor(HANOI));

        assertThat(it.plan().cities()).doesNotContain(CEBU);
    }

    @Test
    void it_stays_stepped_back_when_the_submission_is_restored() {
        Proposal it = steppedBack(State.SUBMITTED);
        it.reopen(CALL, signatory(HANOI));

        refused("partner-cities", () -> it.decide(Outcome.ELIGIBLE, "x", Map.of(), facts(CALL), later(SECRETARIAT)));
        it.decide(Outcome.INELIGIBLE, "x", Map.of(), facts(CALL), later(SECRETARIAT));
        assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.STEPPED_BACK);
    }

    @Test
    void to_decline_in_a_reopened_proposal_that_is_not_submitted_again_is_to_step_back() {
        Proposal it = ProposalFixture.submitted(CALL);
        it.reopen(CALL, signatory(HANOI));
        it.withdrawCommitment(CEBU, "No budget.", signatory(CEBU));
        it.decline(CEBU, "No budget.", signatory(CEBU));

        refused("partner-cities", () -> it.decide(Outcome.ELIGIBLE, "x", Map.of(), facts(CALL), later(SECRETARIAT)));
    }
}
