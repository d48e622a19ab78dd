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
import static koinon.projects.proposal.Proposal.State.WITHDRAWN;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.SYSTEM;
import static koinon.projects.proposal.ProposalFixture.UNTIL;
import static koinon.projects.proposal.ProposalFixture.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.model.EventTypes;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.event.ProposalEvent;
import koinon.projects.proposal.event.ProposalEvent.CommitmentLapsed;
import koinon.projects.proposal.event.ProposalEvent.CommitmentWithdrawn;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import koinon.projects.proposal.event.ProposalEvent.PartnerAccepted;
import koinon.projects.proposal.event.ProposalEvent.PartnerCommitted;
import koinon.projects.proposal.event.ProposalEvent.PartnerDeclined;
import koinon.projects.proposal.event.ProposalEvent.PartnerEvent;
import koinon.projects.proposal.event.ProposalEvent.PartnerInvited;
import koinon.projects.proposal.event.ProposalEvent.PartnerReminded;
import koinon.projects.proposal.event.ProposalEvent.PartnerRemoved;
import koinon.projects.proposal.event.ProposalEvent.PartnerSteppedBack;
import koinon.projects.proposal.event.ProposalEvent.StepBackWithdrawn;
import koinon.projects.proposal.selection.Selection;
import koinon.projects.proposal.writing.Partnership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The target state of every event from every state.
class LifecycleTest {

    private static final Map<ProposalEvent, Map<State, State>> TRANSITIONS = new LinkedHashMap<>();

    static {
        Map<State, State> written = Map.of(DRAFT, DRAFT, RETURNED, RETURNED);
        TRANSITIONS.put(new ProposalEvent.ProposalDrafted("c", 1, "vn-hanoi", "x", null), Map.of(DRAFT, DRAFT));
        Stream.of(
                        ProposalFixture.summary(),
                        new ProposalEvent.WorkPlanChanged(List.of()),
                        new PartnerInvited(CEBU),
                        new PartnerReminded(CEBU),
                        new PartnerAccepted(CEBU),
                        new PartnerDeclined(CEBU, "x"),
                        new PartnerRemoved(CEBU, "x"),
                        part(CEBU, "1"),
                        new PartnerCommitted(CEBU),
                        new CommitmentWithdrawn(CEBU, "x"),
                        new CommitmentLapsed(CEBU, "x"))
                .forEach(it -> TRANSITIONS.put(it, written));
        TRANSITIONS.put(
                new ProposalEvent.ProposalSubmitted(1, 1, Plan.initial("x", "vn-hanoi")),
                Map.of(DRAFT, SUBMITTED, RETURNED, SUBMITTED));
        TRANSITIONS.put(
                new PartnerSteppedBack(CEBU, "x"),
                Map.of(
                        SUBMITTED, SUBMITTED,
                        ELIGIBLE, ELIGIBLE,
                        RESERVE_LISTED, RESERVE_LISTED,
                        SELECTED, SELECTED));
        TRANSITIONS.put(
                new StepBackWithdrawn(CEBU),
                Map.of(
                        DRAFT, DRAFT,
                        SUBMITTED, SUBMITTED,
                        RETURNED, RETURNED,
                        ELIGIBLE, ELIGIBLE,
                        RESERVE_LISTED, RESERVE_LISTED));
        TRANSITIONS.put(new ProposalEvent.ProposalReopened(), Map.of(SUBMITTED, DRAFT));
        TRANSITIONS.put(new ProposalEvent.ProposalReturned("x", UNTIL), Map.of(SUBMITTED, RETURNED));
        TRANSITIONS.put(
                new ProposalEvent.FoundEligible(1, "x"),
                Map.of(SUBMITTED, ELIGIBLE, DRAFT, ELIGIBLE, RETURNED, ELIGIBLE));
        TRANSITIONS.put(
                new ProposalEvent.FoundIneligible(1, "x"),
                Map.of(SUBMITTED, INELIGIBLE, DRAFT, INELIGIBLE, RETURNED, INELIGIBLE));
        TRANSITIONS.put(new ProposalEvent.EligibilityReversed("x"), Map.of(ELIGIBLE, SUBMITTED, INELIGIBLE, SUBMITTED));
        TRANSITIONS.put(
                new ProposalEvent.DecisionReversed("x"), Map.of(RESERVE_LISTED, ELIGIBLE, NOT_APPROVED, ELIGIBLE));
        TRANSITIONS.put(
                new ProposalEvent.DecisionRecorded(Outcome.ELIGIBLE, "x", Map.of(), 0),
                Map.of(
                        SUBMITTED, SUBMITTED,
                        DRAFT, DRAFT,
                        RETURNED, RETURNED,
                        ELIGIBLE, ELIGIBLE,
                        RESERVE_LISTED, RESERVE_LISTED));
        for (ProposalEvent it :
                List.of(new ProposalEvent.NextChanged(), new ProposalEvent.TextRedacted("x".repeat(43), "x")))
            TRANSITIONS.put(it, Stream.of(State.values()).collect(Collectors.toMap(state -> state, state -> state)));
        TRANSITIONS.put(
                new ProposalEvent.ProposalSelected(1, "c", List.of(), "vn-hanoi", List.of(), "x"),
                Map.of(ELIGIBLE, SELECTED, RESERVE_LISTED, SELECTED));
        TRANSITIONS.put(
                new ProposalEvent.ReserveListed(0, "x"), Map.of(ELIGIBLE, RESERVE_LISTED, SELECTED, RESERVE_LISTED));
        TRANSITIONS.put(
                new ProposalEvent.NotApproved("x"), Map.of(ELIGIBLE, NOT_APPROVED, RESERVE_LISTED, NOT_APPROVED));
        ProposalFixture.in(APPROVED).events().stream()
                .filter(ProposalEvent.ProposalApproved.class::isInstance)
                .forEach(it -> TRANSITIONS.put(it, Map.of(SELECTED, APPROVED)));
        TRANSITIONS.put(
                new ProposalEvent.ProposalWithdrawn("x"),
                Map.of(
                        DRAFT, WITHDRAWN,
                        SUBMITTED, WITHDRAWN,
                        RETURNED, WITHDRAWN,
                        ELIGIBLE, WITHDRAWN,
                        RESERVE_LISTED, WITHDRAWN));
    }

    @Test
    void the_transitions_cover_every_event() {
        assertThat(TRANSITIONS.keySet().stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(
                        EventTypes.of(ProposalEvent.class).values());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void each_event_happens_only_in_the_states_that_allow_it(State state) {
        TRANSITIONS.forEach((event, allowed) -> {
            if (allowed.containsKey(state))
                assertThat(state.after(event)).as("%s in %s", event, state).isEqualTo(allowed.get(state));
            else
                assertThatThrownBy(() -> state.after(event))
                        .as("%s in %s", event, state)
                        .isInstanceOfSatisfying(
                                RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("wrong-state"));
        });
    }

    private static final Map<PartnerEvent, Map<Partnership.State, Partnership.State>> PARTNERS = Map.ofEntries(
            Map.entry(
                    new PartnerInvited(CEBU),
                    Map.of(
                            Partnership.State.OUTSIDE, Partnership.State.INVITED,
                            Partnership.State.DECLINED, Partnership.State.INVITED,
                            Partnership.State.REMOVED, Partnership.State.INVITED)),
            Map.entry(
                    new PartnerReminded(CEBU),
                    Map.of(
                            Partnership.State.INVITED,
                            Partnership.State.INVITED,
                            Partnership.State.ACCEPTED,
                            Partnership.State.ACCEPTED)),
            Map.entry(new PartnerAccepted(CEBU), Map.of(Partnership.State.INVITED, Partnership.State.ACCEPTED)),
            Map.entry(
                    new PartnerDeclined(CEBU, "x"),
                    Map.of(
                            Partnership.State.INVITED,
                            Partnership.State.DECLINED,
                            Partnership.State.ACCEPTED,
                            Partnership.State.DECLINED)),
            Map.entry(
                    new PartnerRemoved(CEBU, "x"),
                    Map.of(
                            Partnership.State.INVITED, Partnership.State.REMOVED,
                            Partnership.State.ACCEPTED, Partnership.State.REMOVED,
                            Partnership.State.COMMITTED, Partnership.State.REMOVED,
                            Partnership.State.STEPPED_BACK, Partnership.State.REMOVED)),
            Map.entry(
                    part(CEBU, "1"),
                    Map.of(
                            Partnership.State.ACCEPTED,
                            Partnership.State.ACCEPTED,
                            Partnership.State.COMMITTED,
                            Partnership.State.COMMITTED)),
            Map.entry(new PartnerCommitted(CEBU), Map.of(Partnership.State.ACCEPTED, Partnership.State.COMMITTED)),
            Map.entry(
                    new CommitmentWithdrawn(CEBU, "x"),
                    Map.of(Partnership.State.COMMITTED, Partnership.State.ACCEPTED)),
            Map.entry(new CommitmentLapsed(CEBU, "x"), Map.of(Partnership.State.COMMITTED, Partnership.State.ACCEPTED)),
            Map.entry(
                    new PartnerSteppedBack(CEBU, "x"),
                    Map.of(Partnership.State.COMMITTED, Partnership.State.STEPPED_BACK)),
            Map.entry(
                    new StepBackWithdrawn(CEBU), Map.of(Partnership.State.STEPPED_BACK, Partnership.State.COMMITTED)));

    @ParameterizedTest
    @EnumSource(Partnership.State.class)
    void a_city_changes_its_state_only_where_the_lifecycle_allows_it(Partnership.State state) {
        assertThat(PARTNERS).hasSameSizeAs(EventTypes.of(PartnerEvent.class).values());
        PARTNERS.forEach((event, allowed) -> {
            if (allowed.containsKey(state)) assertThat(state.after(event)).isEqualTo(allowed.get(state));
            else assertThatThrownBy(() -> state.after(event)).isInstanceOf(RuleViolation.class);
        });
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void every_answer_of_a_fund_is_accepted_in_every_state(State state) {
        for (int selection : List.of(0, 1, 2))
            for (String fund : List.of("fund-a", "fund-b", "fund-x"))
                for (Selection.Answer answer :
                        List.of(Selection.Answer.RESERVED, Selection.Answer.refused("Nothing left."))) {
                    Proposal proposal = ProposalFixture.in(state);
                    int before = proposal.events().size();

                    proposal.on(selection, fund, answer, ProposalFixture.CALL, SYSTEM);

                    // One answer of two funds decides nothing in any state.
                    assertThat(proposal.state()).isEqualTo(state);
                    assertThat(proposal.events()).hasSize(before);
                }
    }

    @Test
    void an_answer_about_a_proposal_that_is_not_there_yet_raises_nothing() {
        Proposal empty = new Proposal("p-2");

        empty.on(1, "fund-a", Selection.Answer.RESERVED, ProposalFixture.CALL, SYSTEM);

        assertThat(empty.events()).isEmpty();
    }
}
