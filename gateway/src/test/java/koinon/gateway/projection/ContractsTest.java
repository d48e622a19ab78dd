package koinon.gateway.projection;

import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The gateway can read every published sample.
class ContractsTest {

    @Test
    void proposals_are_readable() {
        Contracts.readsAll("projects", ProposalEvent.class, EventJson.mapper()::readValue);
    }

    @Test
    void projects_are_readable() {
        Contracts.readsAll("projects", ProjectEvent.class, EventJson.mapper()::readValue);
    }

    @Test
    void agreements_are_readable() {
        Contracts.readsAll("funding", AgreementEvent.class, EventJson.mapper()::readValue);
    }
}
