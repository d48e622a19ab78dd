package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.UNTIL;
import static koinon.projects.proposal.ProposalFixture.eur;

import java.util.List;
import java.util.Map;
import koinon.eventing.document.EventJson;
import koinon.projects.plan.Contribution;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.event.ProposalEvent;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

class ProposalContractsTest {

    @Test
    void a_proposals_events_are_published_as_their_newest_samples() {
        Contracts.publishes(
                "projects",
                ProposalEvent.class,
                EventJson.mapper()::writeValueAsString,
                new ProposalEvent.ProposalDrafted("call-1", 1, HANOI, "Craft routes", ProposalFixture.IDEA),
                ProposalFixture.summary(),
                new ProposalEvent.WorkPlanChanged(ProposalFixture.milestones()),
                new ProposalEvent.PartnerInvited(CEBU),
                new ProposalEvent.PartnerReminded(CEBU),
                new ProposalEvent.PartnerAccepted(CEBU),
                new ProposalEvent.PartnerDeclined(CEBU, "No time."),
                new ProposalEvent.PartnerRemoved(CEBU, "It does not answer."),
                new ProposalEvent.PartnerPartChanged(
                        CEBU,
                        eur("39999.99"),
                        List.of(
                                new Contribution("budget", Contribution.CASH, null, eur("10000")),
                                new Contribution("rooms", Contribution.IN_KIND, "City treasury", eur("500"))),
                        eur("1000"),
                        "Workshops"),
                new ProposalEvent.PartnerCommitted(CEBU),
                new ProposalEvent.CommitmentWithdrawn(CEBU, "The council wants to see it first."),
                new ProposalEvent.CommitmentLapsed(
                        CEBU, "It was given for another budget, other contributions or other tasks."),
                ProposalFixture.submitted(ProposalFixture.CALL).events().getLast(),
                new ProposalEvent.PartnerSteppedBack(CEBU, "The council has cut its budget for culture."),
                new ProposalEvent.StepBackWithdrawn(CEBU),
                new ProposalEvent.ProposalReopened(),
                new ProposalEvent.ProposalReturned("A date is wrong.", UNTIL),
                new ProposalEvent.FoundEligible(1, "Complete."),
                new ProposalEvent.FoundIneligible(1, "Too late."),
                new ProposalEvent.EligibilityReversed("The budget was complete; it was on the second page."),
                new ProposalEvent.DecisionReversed("Two proposals were mistaken for each other."),
                new ProposalEvent.DecisionRecorded(Outcome.SELECTED, "The best.", Map.of("fund-b", CEBU), 0),
                new ProposalEvent.TextRedacted(
                        "hKV5bkL2Yw0cB1Jf0m7qvVt3o9sQ4dXeUuRzN8iGaPE", "It named a person who did not agree to it."),
                new ProposalEvent.NextChanged(),
                new ProposalEvent.ProposalWithdrawn("Another year."),
                new ProposalEvent.NotApproved("Not good enough."),
                ProposalFixture.selected().events().getLast(),
                new ProposalEvent.ReserveListed(1, "Only 10.00 EUR are left."),
                ProposalFixture.in(State.APPROVED).events().getLast());
    }

    @Test
    void every_sample_of_an_agreements_answer_is_read() {
        Contracts.readsAll("funding", ProposalListener.OfAgreement.class, EventJson.mapper()::readValue);
    }

    @Test
    void every_sample_of_this_service_is_read() {
        Contracts.readsAll("projects", ProposalListener.OfProjects.class, EventJson.mapper()::readValue);
        Contracts.readsAll("projects", CallProgressListener.OfProposal.class, EventJson.mapper()::readValue);
    }
}
