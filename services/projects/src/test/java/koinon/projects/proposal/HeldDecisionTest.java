package koinon.projects.proposal;

import static koinon.projects.proposal.Proposal.State.APPROVED;
import static koinon.projects.proposal.Proposal.State.DRAFT;
import static koinon.projects.proposal.Proposal.State.ELIGIBLE;
import static koinon.projects.proposal.Proposal.State.INELIGIBLE;
import static koinon.projects.proposal.Proposal.State.NOT_APPROVED;
import static koinon.projects.proposal.Proposal.State.RESERVE_LISTED;
import static koinon.projects.proposal.Proposal.State.RETURNED;
import static koinon.projects.proposal.Proposal.State.SELECTED;
import static koinon.projects.proposal.Proposal.State.SUBMITTED;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.SECRETARIAT;
import static koinon.projects.proposal.ProposalFixture.SYSTEM;
import static koinon.projects.proposal.ProposalFixture.facts;
import static koinon.projects.proposal.ProposalFixture.later;
import static koinon.projects.proposal.ProposalFixture.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.TestActors;
import koinon.projects.call.Call;
import koinon.projects.call.CallFixture;
import koinon.projects.fund.KnownFund;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Decisions that the call holds and releases together.
class HeldDecisionTest {

    private static final Call HOLDING = CallFixture.holding(0);
    private static final Call RELEASED = CallFixture.holding(1);

    private static Proposal submitted() {
        return ProposalFixture.submitted(HOLDING);
    }

    private static Proposal eligible() {
        return releasing(recorded(
                submitted(), it -> it.decide(Outcome.ELIGIBLE, "Complete.", Map.of(), facts(HOLDING), SECRETARIAT)));
    }

    private static Proposal selected(Proposal it) {
        return recorded(
                it,
                one -> one.decide(
                        Outcome.SELECTED,
                        "Best.",
                        Map.of("fund-b", CEBU),
                        facts(RELEASED, CallFixture.FUNDS),
                        SECRETARIAT));
    }

    private static Proposal recorded(Proposal it, Consumer<Proposal> decision) {
        decision.accept(it);
        return it;
    }

    private static Proposal releasing(Proposal it) {
        it.release(1, facts(RELEASED, CallFixture.FUNDS), SYSTEM);
        return it;
    }

    private static Proposal releasing(Proposal it, Call call, List<KnownFund> funds) {
        it.release(2, facts(call, funds), SYSTEM);
        return it;
    }

    @Test
    void a_held_decision_is_recorded_and_changes_nothing_else() {
        Proposal it = recorded(
                submitted(), one -> one.decide(Outcome.ELIGIBLE, "Complete.", Map.of(), facts(HOLDING), SECRETARIAT));

        assertThat(it.events().getLast())
                .isEqualTo(new DecisionRecorded(Outcome.ELIGIBLE, "Complete.", Map.of(), 0))
                .isEqualTo(it.recordedDecision());
        assertThat(it.state()).isEqualTo(SUBMITTED);
        assertThat(it.reason()).isNull();
        assertThat(it.actions()).isEmpty();
    }

    static Stream<Arguments> each_decision_takes_effect_when_it_is_released() {
        return Stream.of(
                Arguments.of(SELECTED, selected(eligible())),
                Arguments.of(
                        RESERVE_LISTED,
                        recorded(
                                eligible(),
                                it -> it.decide(
                                        Outcome.RESERVE_LISTED, "Good.", Map.of(), facts(RELEASED), SECRETARIAT))),
                Arguments.of(
                        NOT_APPROVED,
                        recorded(
                                eligible(),
                                it -> it.decide(Outcome.NOT_APPROVED, "No.", Map.of(), facts(RELEASED), SECRETARIAT))));
    }

    @ParameterizedTest
    @MethodSource
    void each_decision_takes_effect_when_it_is_released(State state, Proposal it) {
        assertThat(it.state()).isEqualTo(ELIGIBLE);
        releasing(it, CallFixture.holding(2), CallFixture.FUNDS);

        assertThat(it.state()).isEqualTo(state);
        assertThat(it.recordedDecision()).isNull();
        assertThat(it.reason()).isNotBlank();
    }

    @Test
    void eligibility_is_decided_at_the_release() {
        assertThat(eligible().state()).isEqualTo(ELIGIBLE);
        assertThat(releasing(recorded(
                                submitted(),
                                it -> it.decide(Outcome.INELIGIBLE, "No.", Map.of(), facts(HOLDING), SECRETARIAT)))
                        .state())
                .isEqualTo(INELIGIBLE);
    }

    @Test
    void a_selection_without_funds_is_approved_at_the_release() {
        Call free = CallFixture.published(it -> CallFixture.holding(CallFixture.termsWithoutGrant()));
        Proposal it = ProposalFixture.submitted(free);
        it.decide(Outcome.ELIGIBLE, "Complete.", Map.of(), facts(free), SECRETARIAT);
        it.release(1, facts(free, List.of()), SYSTEM);
        it.decide(Outcome.SELECTED, "Best.", Map.of(), facts(free, List.of()), SECRETARIAT);
        it.release(2, facts(free, List.of()), SYSTEM);

        assertThat(it.state()).isEqualTo(APPROVED);
    }

    @Test
    void the_last_recorded_decision_counts() {
        Proposal it = recorded(
                submitted(), one -> one.decide(Outcome.INELIGIBLE, "No.", Map.of(), facts(HOLDING), SECRETARIAT));
        it.decide(Outcome.ELIGIBLE, "Complete after all.", Map.of(), facts(HOLDING), SECRETARIAT);

        assertThat(releasing(it).state()).isEqualTo(ELIGIBLE);
        assertThat(it.reason()).isEqualTo("Complete after all.");
    }

    @Test
    void a_release_puts_into_effect_only_what_was_recorded_before_it() {
        Proposal it = selected(eligible());
        it.release(1, facts(RELEASED, CallFixture.FUNDS), SYSTEM);

        assertThat(it.state()).isEqualTo(ELIGIBLE);
        assertThat(Objects.requireNonNull(it.recordedDecision()).release()).isEqualTo(1);
    }

    @Test
    void a_decision_by_a_call_read_before_the_release_waits_for_the_next_one() {
        Proposal it = eligible();
        it.decide(Outcome.RESERVE_LISTED, "Good.", Map.of(), facts(HOLDING), SECRETARIAT);

        assertThat(Objects.requireNonNull(it.recordedDecision()).release()).isEqualTo(1);
    }

    @Test
    void rules_and_rights_are_judged_when_it_is_recorded() {
        assertThatThrownBy(() ->
                        submitted().decide(Outcome.RESERVE_LISTED, "Good.", Map.of(), facts(HOLDING), SECRETARIAT))
                .isInstanceOf(RuleViolation.class);
        assertThatThrownBy(() -> eligible()
                        .decide(Outcome.SELECTED, "Best.", Map.of(), facts(RELEASED, CallFixture.FUNDS), SECRETARIAT))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("own-fund"));
        assertThatThrownBy(() -> eligible()
                        .decide(
                                Outcome.SELECTED,
                                "Best.",
                                Map.of("fund-b", "xx"),
                                facts(RELEASED, CallFixture.FUNDS),
                                SECRETARIAT))
                .isInstanceOf(ValidationFailed.class);
        assertThatThrownBy(() ->
                        eligible().decide(Outcome.NOT_APPROVED, "No.", Map.of(), facts(RELEASED), signatory(HANOI)))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void what_is_not_possible_any_more_is_dropped_and_can_be_decided_anew() {
        Proposal it = selected(eligible());
        int events = it.events().size();
        releasing(it, CallFixture.cancelled(CallFixture.holding(2)), CallFixture.FUNDS);

        assertThat(it.events()).hasSize(events);
        assertThat(it.recordedDecision()).isNull();
        assertThat(it.actions()).extracting(NextAction::action).containsExactly("proposal.select");
        it.raiseNextActionsChanged(SYSTEM);
        it.decide(Outcome.RESERVE_LISTED, "Good.", Map.of(), facts(CallFixture.holding(2)), SECRETARIAT);
        assertThat(Objects.requireNonNull(it.recordedDecision()).release()).isEqualTo(2);
        assertThat(it.etag(ProposalDecisions.Held.OF_PARTNERS)).isEqualTo(events - 1);
    }

    @Test
    void anything_else_that_happens_ends_a_recorded_decision() {
        Proposal reopened =
                recorded(submitted(), it -> it.decide(Outcome.ELIGIBLE, "Yes.", Map.of(), facts(HOLDING), SECRETARIAT));
        reopened.reopen(HOLDING, signatory(HANOI));
        Proposal returned =
                recorded(submitted(), it -> it.decide(Outcome.ELIGIBLE, "Yes.", Map.of(), facts(HOLDING), SECRETARIAT));
        returned.returnForCorrection("Mend it.", ProposalFixture.UNTIL, SECRETARIAT);
        Proposal withdrawn = selected(eligible());
        withdrawn.withdraw("Another year.", signatory(HANOI));

        assertThat(releasing(reopened).state()).isEqualTo(DRAFT);
        assertThat(releasing(returned).state()).isEqualTo(RETURNED);
        assertThat(releasing(withdrawn, CallFixture.holding(2), CallFixture.FUNDS)
                        .state())
                .isEqualTo(State.WITHDRAWN);
    }

    @Test
    void what_its_partners_do_next_is_answered_as_if_nothing_was_recorded() {
        Proposal plain = submitted();
        Proposal decided = recorded(
                submitted(), it -> it.decide(Outcome.INELIGIBLE, "No.", Map.of(), facts(HOLDING), SECRETARIAT));
        plain.reopen(HOLDING, signatory(HANOI));
        decided.reopen(HOLDING, signatory(HANOI));

        assertThat(decided.actions()).isEqualTo(plain.actions());
        assertThat(decided.publishedState()).isEqualTo(plain.publishedState());
    }

    @Test
    void a_reader_who_may_not_see_it_gets_the_proposal_as_it_was() {
        Proposal before = submitted();
        Proposal it = recorded(
                submitted(), one -> one.decide(Outcome.ELIGIBLE, "Yes.", Map.of(), facts(HOLDING), SECRETARIAT));
        it.decide(Outcome.INELIGIBLE, "No.", Map.of(), facts(HOLDING), SECRETARIAT);

        assertThat(it.version()).isEqualTo(before.version() + 2);
        assertThat(it.etag(ProposalDecisions.Held.OF_PARTNERS)).isEqualTo(before.version());
        assertThat(it.withoutRecordedDecision().recordedDecision()).isNull();
        assertThat(it.actions()).isEqualTo(before.actions());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void a_release_is_accepted_in_every_state_and_raises_nothing_where_nothing_is_recorded(State state) {
        Proposal it = ProposalFixture.in(state);
        int events = it.events().size();
        it.release(1, facts(RELEASED, CallFixture.FUNDS), SYSTEM);

        assertThat(it.events()).hasSize(events);
        assertThat(it.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void a_release_raises_what_each_recorded_decision_means_or_nothing(Outcome outcome) {
        for (State state : State.values()) {
            Proposal it = ProposalFixture.in(state);
            var decision = new DecisionRecorded(outcome, "x", Map.of("fund-b", CEBU), 0);
            var effect =
                    new ProposalDecisions(it).effectIfPossible(decision, facts(RELEASED), CallFixture.AFTER_CLOSING);

            effect.ifPresent(event -> assertThat(state.after(event).name()).isEqualTo(outcome.name()));
        }
    }

    @Test
    void a_release_of_a_proposal_that_is_not_there_yet_raises_nothing() {
        Proposal empty = new Proposal("p-2");
        empty.release(1, facts(null, List.of()), SYSTEM);

        assertThat(empty.events()).isEmpty();
    }

    @Test
    void what_was_reopened_is_judged_after_the_deadline_and_released_with_the_others() {
        Proposal it = submitted();
        it.reopen(HOLDING, signatory(HANOI));
        it.decide(
                Outcome.ELIGIBLE,
                "Complete.",
                Map.of(),
                facts(HOLDING),
                later(TestActors.secretariat(ProposalFixture.NOW)));
        assertThat(it.actions()).extracting(NextAction::action).doesNotContain("proposal.decide-eligibility");
        it.release(1, facts(RELEASED, CallFixture.FUNDS), later(SYSTEM));

        assertThat(it.state()).isEqualTo(ELIGIBLE);
    }
}
