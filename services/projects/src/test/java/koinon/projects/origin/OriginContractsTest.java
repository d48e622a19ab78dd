package koinon.projects.origin;

import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

class OriginContractsTest {

    @Test
    void every_sample_of_what_happens_to_an_idea_or_a_gathering_is_read() {
        Contracts.readsAll("cities", OriginListener.Foreign.class, EventJson.mapper()::readValue);
    }
}
