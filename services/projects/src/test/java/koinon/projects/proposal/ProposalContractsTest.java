package koinon.projects.proposal;

import static koinon.projects.proposal.SomeProposal.CEBU;
import static koinon.projects.proposal.SomeProposal.HANOI;
import static koinon.projects.proposal.SomeProposal.UNTIL;
import static koinon.projects.proposal.SomeProposal.eur;

import java.util.List;
import koinon.platform.document.EventJson;
import koinon.projects.plan.Contribution;
import koinon.projects.proposal.Proposal.State;
import koinon.testing.Contracts;
import org.junit.jupiter.api.Test;

class ProposalContractsTest {

    @Test
    void a_proposals_events_are_published_as_their_newest_samples() {
        Contracts.publishes(
                "projects",
                ProposalEvent.class,
                EventJson.mapper()::writeValueAsString,
                new ProposalEvent.ProposalDrafted("call-1", 1, HANOI, "Craft routes"),
                SomeProposal.summary(),
                new ProposalEvent.WorkPlanChanged(SomeProposal.milestones()),
                new ProposalEvent.PartnerInvited(CEBU),
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
                SomeProposal.submitted(SomeProposal.CALL).events().getLast(),
                new ProposalEvent.ProposalReopened(),
                new ProposalEvent.ProposalReturned("A date is wrong.", UNTIL),
                new ProposalEvent.FoundEligible(1, "Complete."),
                new ProposalEvent.FoundIneligible(1, "Too late."),
                new ProposalEvent.ProposalWithdrawn("Another year."),
                new ProposalEvent.NotApproved("Not good enough."),
                SomeProposal.selected().events().getLast(),
                new ProposalEvent.ReserveListed(1, "Only 10.00 EUR are left."),
                SomeProposal.in(State.APPROVED).events().getLast());
    }

    @Test
    void every_sample_of_an_agreements_answer_is_read() {
        Contracts.readsAll("funding", AgreementListener.Foreign.class, EventJson.mapper()::readValue);
    }
}
