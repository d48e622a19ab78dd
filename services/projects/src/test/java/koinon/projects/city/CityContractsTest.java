package koinon.projects.city;

import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

class CityContractsTest {

    @Test
    void every_sample_of_what_happens_to_a_city_is_read() {
        Contracts.readsAll("cities", CityListener.Foreign.class, EventJson.mapper()::readValue);
    }
}
