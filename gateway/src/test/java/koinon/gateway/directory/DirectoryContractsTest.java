package koinon.gateway.directory;

import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The gateway can read every published sample.
class DirectoryContractsTest {

    @Test
    void cities_are_readable() {
        Contracts.readsAll("cities", KnownCity.CityEvent.class, EventJson.mapper()::readValue);
    }

    @Test
    void groups_are_readable() {
        Contracts.readsAll("cities", KnownGroup.GroupEvent.class, EventJson.mapper()::readValue);
    }

    @Test
    void calls_are_readable() {
        Contracts.readsAll("projects", KnownCall.CallEvent.class, EventJson.mapper()::readValue);
    }

    @Test
    void funds_and_funders_are_readable() {
        Contracts.readsAll("funding", KnownFund.FundEvent.class, EventJson.mapper()::readValue);
        Contracts.readsAll("funding", KnownFunder.FunderEvent.class, EventJson.mapper()::readValue);
    }
}
