package koinon.projects.proposal;

import koinon.eventing.test.StateDiagram;
import koinon.projects.proposal.event.ProposalEvent;
import koinon.projects.proposal.event.ProposalEvent.PartnerEvent;
import koinon.projects.proposal.writing.Partnership;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of a proposal and of its partners.
class ProposalStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("proposal", ProposalEvent.class, Proposal.State.values(), Proposal.State::after)
                .part("partner", PartnerEvent.class, Partnership.State.values(), Partnership.State::after)
                .without(Partnership.State.OUTSIDE)
                .isWrittenIn(
                        Contracts.folder().resolve("projects"),
                        Contracts.folder().resolveSibling("docs/canvas/projects.md"));
    }
}
