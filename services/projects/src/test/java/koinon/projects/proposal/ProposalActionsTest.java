package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.CITIES;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.editor;
import static koinon.projects.proposal.ProposalFixture.facts;
import static koinon.projects.proposal.ProposalFixture.part;
import static koinon.projects.proposal.ProposalFixture.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Map;
import koinon.eventing.action.Moment;
import koinon.eventing.action.NextAction;
import koinon.eventing.test.NextActionLaw;
import koinon.projects.Role;
import koinon.projects.call.CallFixture;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What can be done next with a proposal, in every state of it and of its partners.
class ProposalActionsTest {

    private static final NextActionLaw<Proposal> LAW = new NextActionLaw<Proposal>(
                    Map.of(
                            "partner.accept", (it, city, by) -> it.accept(city, CALL, by),
                            "partner.write", (it, city, by) -> it.writePart(part(city, "1"), CALL, by),
                            "partner.commit", (it, city, by) -> it.commit(city, CALL, by),
                            "proposal.write", (it, _, by) -> it.writeSummary(ProposalFixture.summary(), CALL, by),
                            "proposal.submit", (it, _, by) -> it.submit(CALL, CITIES, by),
                            "proposal.decide-eligibility",
                                    (it, _, by) -> it.decide(Outcome.ELIGIBLE, "Yes.", Map.of(), facts(CALL), by),
                            "proposal.select",
                                    (it, _, by) -> it.decide(
                                            Outcome.SELECTED,
                                            "Good.",
                                            Map.of(),
                                            facts(CALL, CallFixture.FUNDS.subList(0, 1)),
                                            by)),
                    Map.of(
                            "proposal.submit readiness", (it, _, by) -> it.submit(CALL, Map.of(), by),
                            "proposal.decide-eligibility call-concluded",
                                    (it, _, by) -> it.decide(
                                            Outcome.ELIGIBLE, "Yes.", Map.of(), facts(CallFixture.decided()), by),
                            "proposal.select call-over",
                                    (it, _, by) -> it.decide(
                                            Outcome.SELECTED, "Good.", Map.of(), facts(CallFixture.cancelled()), by)),
                    ProposalActionsTest::momentOfTheCall,
                    ProposalFixture.NOW)
            .repeatable("partner.write", "proposal.write")
            .withRights(Role.SECRETARIAT.ofNetwork());

    private static Instant momentOfTheCall(Moment moment) {
        assertThat(moment.of()).isEqualTo("call/" + CALL.id());
        return "opens".equals(moment.moment())
                ? CALL.terms().opens().instant()
                : CALL.terms().closes().instant();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_listed_is_possible_and_nothing_else_in_each_state(Proposal.State state) {
        LAW.holdsFor(() -> ProposalFixture.in(state));
    }

    @Test
    void what_is_listed_is_possible_and_nothing_else_while_it_is_written() {
        LAW.holdsFor(() -> ProposalFixture.drafted(CALL));
        LAW.holdsFor(ProposalActionsTest::invited);
        LAW.holdsFor(() -> ProposalFixture.ready(CALL));
        LAW.holdsFor(ProposalActionsTest::reopened);
    }

    private static Proposal invited() {
        Proposal it = ProposalFixture.drafted(CALL);
        it.invite(CEBU, CITIES.get(CEBU), CALL, editor(HANOI));
        return it;
    }

    private static Proposal reopened() {
        Proposal it = ProposalFixture.submitted(CALL);
        it.reopen(CALL, signatory(HANOI));
        return it;
    }

    @Test
    void each_city_is_asked_for_its_own_step_and_the_lead_for_the_rest() {
        assertThat(invited().actions())
                .extracting(NextAction::action, NextAction::right)
                .containsExactlyInAnyOrder(
                        tuple("partner.write", "city-editor@city/vn-hanoi"),
                        tuple("partner.accept", "city-signatory@city/ph-cebu-city"),
                        tuple("proposal.write", "city-editor@city/vn-hanoi"));
    }

    @Test
    void what_was_reopened_and_not_submitted_again_is_judged_after_the_deadline() {
        assertThat(reopened().actions())
                .filteredOn(it -> it.action().equals("proposal.decide-eligibility"))
                .extracting(NextAction::from)
                .containsExactly(Moment.of("call/" + CALL.id(), "closes"));
    }
}
