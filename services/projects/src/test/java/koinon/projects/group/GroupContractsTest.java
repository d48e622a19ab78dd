package koinon.projects.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

class GroupContractsTest {

    @Test
    void every_sample_of_what_happens_to_a_group_is_read() {
        Contracts.readsAll("cities", GroupListener.Foreign.class, EventJson.mapper()::readValue);
    }

    @Test
    void a_city_is_in_a_group_by_its_country_or_its_id() {
        var group = new KnownGroup("asean", "ASEAN", Set.of("VN", "TL"), Set.of("au-geelong"));

        assertThat(group.has("vn-hanoi", "VN")).isTrue();
        assertThat(group.has("au-geelong", "AU")).isTrue();
        assertThat(group.has("au-adelaide", "AU")).isFalse();
        assertThat(group.has("xx-unknown", null)).isFalse();
    }
}
