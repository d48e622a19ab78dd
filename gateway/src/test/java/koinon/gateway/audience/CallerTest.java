package koinon.gateway.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static final List<String> INVOLVED = List.of("city/th-bangkok", "funder/f1", "city/vn-hanoi");

    private static Audience audience(String... scopes) {
        return new Caller(Set.of(scopes), false).to(INVOLVED);
    }

    @Test
    void who_asks_is_a_partner_a_funder_or_anyone_to_a_project() {
        assertThat(audience()).isEqualTo(Audience.PUBLIC);
        assertThat(audience("city/de-berlin", "funder/f2")).isEqualTo(Audience.PUBLIC);
        assertThat(audience("city/vn-hanoi")).isEqualTo(Audience.PARTICIPANTS);
        assertThat(audience("funder/f1")).isEqualTo(Audience.FUNDERS);
        assertThat(audience("city/vn-hanoi", "funder/f1")).isEqualTo(Audience.FUNDERS);
        assertThat(new Caller(Set.of(), true).to(INVOLVED)).isEqualTo(Audience.NETWORK);
    }

    @Test
    void what_a_contract_means_for_funders_no_partner_city_sees() {
        Audience selected = Contracts.read().of("koinon.proposal.selected.v1", true);
        assertThat(Audience.PUBLIC.sees(selected)).isFalse();
        assertThat(Audience.PARTICIPANTS.sees(selected)).isFalse();
        assertThat(Audience.FUNDERS.sees(selected)).isTrue();
        assertThat(Audience.NETWORK.sees(selected)).isTrue();
        Audience payable = Contracts.read().of("koinon.agreement.tranche-payable.v1", true);
        assertThat(Audience.PARTICIPANTS.sees(payable)).isTrue();
        assertThat(Audience.FUNDERS.sees(payable)).isTrue();
    }
}
