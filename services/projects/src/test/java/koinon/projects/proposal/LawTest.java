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
import static koinon.projects.proposal.SomeProposal.CEBU;
import static koinon.projects.proposal.SomeProposal.SYSTEM;
import static koinon.projects.proposal.SomeProposal.UNTIL;
import static koinon.projects.proposal.SomeProposal.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koinon.platform.model.EventTypes;
import koinon.platform.model.RuleBroken;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.Partnership.Standing;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.ProposalEvent.CommitmentLapsed;
import koinon.projects.proposal.ProposalEvent.CommitmentWithdrawn;
import koinon.projects.proposal.ProposalEvent.PartnerAccepted;
import koinon.projects.proposal.ProposalEvent.PartnerCommitted;
import koinon.projects.proposal.ProposalEvent.PartnerDeclined;
import koinon.projects.proposal.ProposalEvent.PartnerEvent;
import koinon.projects.proposal.ProposalEvent.PartnerInvited;
import koinon.projects.proposal.ProposalEvent.PartnerRemoved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which event leads where, for every event in every state.
class LawTest {

    private static final Map<ProposalEvent, Map<State, State>> LAW = new LinkedHashMap<>();

    static {
        Map<State, State> written = Map.of(DRAFT, DRAFT, RETURNED, RETURNED);
        LAW.put(new ProposalEvent.ProposalDrafted("c", 1, "vn-hanoi", "x"), Map.of(DRAFT, DRAFT));
        Stream.of(
                        SomeProposal.summary(),
                        new ProposalEvent.WorkPlanChanged(List.of()),
                        new PartnerInvited(CEBU),
                        new PartnerAccepted(CEBU),
                        new PartnerDeclined(CEBU, "x"),
                        new PartnerRemoved(CEBU, "x"),
                        part(CEBU, "1"),
                        new PartnerCommitted(CEBU),
                        new CommitmentWithdrawn(CEBU, "x"),
                        new CommitmentLapsed(CEBU, "x"))
                .forEach(it -> LAW.put(it, written));
        LAW.put(
                new ProposalEvent.ProposalSubmitted(1, 1, Plan.begun("x", "vn-hanoi")),
                Map.of(DRAFT, SUBMITTED, RETURNED, SUBMITTED));
        LAW.put(new ProposalEvent.ProposalReopened(), Map.of(SUBMITTED, DRAFT));
        LAW.put(new ProposalEvent.ProposalReturned("x", UNTIL), Map.of(SUBMITTED, RETURNED));
        LAW.put(
                new ProposalEvent.FoundEligible(1, "x"),
                Map.of(SUBMITTED, ELIGIBLE, DRAFT, ELIGIBLE, RETURNED, ELIGIBLE));
        LAW.put(
                new ProposalEvent.FoundIneligible(1, "x"),
                Map.of(SUBMITTED, INELIGIBLE, DRAFT, INELIGIBLE, RETURNED, INELIGIBLE));
        LAW.put(
                new ProposalEvent.ProposalSelected(1, "c", List.of(), "vn-hanoi", List.of(), "x"),
                Map.of(ELIGIBLE, SELECTED, RESERVE_LISTED, SELECTED));
        LAW.put(new ProposalEvent.ReserveListed(0, "x"), Map.of(ELIGIBLE, RESERVE_LISTED, SELECTED, RESERVE_LISTED));
        LAW.put(new ProposalEvent.NotApproved("x"), Map.of(ELIGIBLE, NOT_APPROVED, RESERVE_LISTED, NOT_APPROVED));
        SomeProposal.in(APPROVED).events().stream()
                .filter(ProposalEvent.ProposalApproved.class::isInstance)
                .forEach(it -> LAW.put(it, Map.of(SELECTED, APPROVED)));
        LAW.put(
                new ProposalEvent.ProposalWithdrawn("x"),
                Map.of(
                        DRAFT, WITHDRAWN,
                        SUBMITTED, WITHDRAWN,
                        RETURNED, WITHDRAWN,
                        ELIGIBLE, WITHDRAWN,
                        RESERVE_LISTED, WITHDRAWN));
    }

    @Test
    void the_law_speaks_of_every_event() {
        assertThat(LAW.keySet().stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(
                        EventTypes.of(ProposalEvent.class).values());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void each_event_happens_only_where_the_law_allows_it(State state) {
        LAW.forEach((event, allowed) -> {
            if (allowed.containsKey(state))
                assertThat(state.after(event)).as("%s in %s", event, state).isEqualTo(allowed.get(state));
            else
                assertThatThrownBy(() -> state.after(event))
                        .as("%s in %s", event, state)
                        .isInstanceOfSatisfying(
                                RuleBroken.class, it -> assertThat(it.rule()).isEqualTo("wrong-state"));
        });
    }

    private static final Map<PartnerEvent, Map<Standing, Standing>> PARTNERS = Map.of(
            new PartnerInvited(CEBU),
            Map.of(
                    Standing.OUTSIDE, Standing.INVITED,
                    Standing.DECLINED, Standing.INVITED,
                    Standing.REMOVED, Standing.INVITED),
            new PartnerAccepted(CEBU),
            Map.of(Standing.INVITED, Standing.ACCEPTED),
            new PartnerDeclined(CEBU, "x"),
            Map.of(Standing.INVITED, Standing.DECLINED, Standing.ACCEPTED, Standing.DECLINED),
            new PartnerRemoved(CEBU, "x"),
            Map.of(
                    Standing.INVITED, Standing.REMOVED,
                    Standing.ACCEPTED, Standing.REMOVED,
                    Standing.COMMITTED, Standing.REMOVED),
            part(CEBU, "1"),
            Map.of(Standing.ACCEPTED, Standing.ACCEPTED, Standing.COMMITTED, Standing.COMMITTED),
            new PartnerCommitted(CEBU),
            Map.of(Standing.ACCEPTED, Standing.COMMITTED),
            new CommitmentWithdrawn(CEBU, "x"),
            Map.of(Standing.COMMITTED, Standing.ACCEPTED),
            new CommitmentLapsed(CEBU, "x"),
            Map.of(Standing.COMMITTED, Standing.ACCEPTED));

    @ParameterizedTest
    @EnumSource(Standing.class)
    void a_city_moves_only_where_the_law_allows_it(Standing standing) {
        assertThat(PARTNERS).hasSize(PartnerEvent.class.getPermittedSubclasses().length);
        PARTNERS.forEach((event, allowed) -> {
            if (allowed.containsKey(standing)) assertThat(standing.after(event)).isEqualTo(allowed.get(standing));
            else assertThatThrownBy(() -> standing.after(event)).isInstanceOf(RuleBroken.class);
        });
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void every_answer_of_a_fund_is_heard_in_every_state_and_never_refused(State state) {
        for (int selection : List.of(0, 1, 2))
            for (String fund : List.of("fund-a", "fund-b", "fund-x"))
                for (Selection.Answer answer :
                        List.of(Selection.Answer.RESERVED, Selection.Answer.refused("Nothing left."))) {
                    Proposal proposal = SomeProposal.in(state);
                    int before = proposal.events().size();

                    proposal.hear(selection, fund, answer, _ -> SomeProposal.CALL, SYSTEM);

                    // One answer of two decides nothing in any state.
                    assertThat(proposal.state()).isEqualTo(state);
                    assertThat(proposal.events()).hasSize(before);
                }
    }

    @Test
    void an_answer_about_a_proposal_that_is_not_there_yet_raises_nothing() {
        Proposal empty = new Proposal("p-2");

        empty.hear(1, "fund-a", Selection.Answer.RESERVED, _ -> SomeProposal.CALL, SYSTEM);

        assertThat(empty.events()).isEmpty();
    }
}
