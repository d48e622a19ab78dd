package koinon.projects.fund;

import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

class FundContractsTest {

    @Test
    void every_sample_of_a_fund_that_opens_is_read() {
        Contracts.readsAll("funding", FundListener.Foreign.class, EventJson.mapper()::readValue);
    }
}
