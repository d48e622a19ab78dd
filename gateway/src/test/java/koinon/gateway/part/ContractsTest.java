package koinon.gateway.part;

import koinon.platform.document.EventJson;
import koinon.testing.Contracts;
import org.junit.jupiter.api.Test;

/// Every sample that was ever published can be read.
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
