package koinon.gateway.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static final List<String> INVOLVED = List.of("city/th-bangkok", "funder/f1", "city/vn-hanoi");

    private static Audience audience(String... scopes) {
        return new Caller(Set.of(scopes), false).to(INVOLVED).audience();
    }

    @Test
    void who_asks_is_a_partner_a_funder_or_anyone_to_a_project() {
        assertThat(audience()).isEqualTo(Audience.PUBLIC);
        assertThat(audience("city/de-berlin", "funder/f2")).isEqualTo(Audience.PUBLIC);
        assertThat(audience("city/vn-hanoi")).isEqualTo(Audience.PARTICIPANTS);
        assertThat(audience("funder/f1")).isEqualTo(Audience.FUNDERS);
        assertThat(audience("city/vn-hanoi", "funder/f1")).isEqualTo(Audience.FUNDERS);
        assertThat(new Caller(Set.of(), true).to(INVOLVED)).isEqualTo(Reader.NETWORK);
    }

    private static final String PART = "koinon.proposal.partner-part-changed.v1";
    private static final Reader HANOI = new Reader(Audience.PARTICIPANTS, Set.of("city/vn-hanoi"));
    private static final Reader FUNDER = new Reader(Audience.FUNDERS, Set.of("funder/f1"));
    private final Contracts contracts = Contracts.published();

    @Test
    void an_event_is_shown_to_its_audience_and_nothing_is_public_before_the_approval() {
        String drafted = "koinon.proposal.drafted.v1";
        assertThat(contracts.shows(drafted, Reader.ANYONE, false)).isFalse();
        assertThat(contracts.shows(drafted, HANOI, false)).isTrue();
        assertThat(contracts.shows(drafted, Reader.ANYONE, true)).isTrue();
        assertThat(contracts.shows(PART, Reader.ANYONE, true)).isFalse();
        assertThat(contracts.shows("koinon.none.of-ours.v1", FUNDER, true)).isFalse();
        assertThat(contracts.shows("koinon.none.of-ours.v1", Reader.NETWORK, true))
                .isTrue();
    }

    @Test
    void a_property_is_shown_to_its_own_audience_and_always_to_whom_it_belongs() {
        assertThat(contracts.shows(PART + "#/grant", HANOI, false, "city/th-bangkok"))
                .isFalse();
        assertThat(contracts.shows(PART + "#/grant/amount", HANOI, false, "city/th-bangkok"))
                .isFalse();
        assertThat(contracts.shows(PART + "#/grant", HANOI, false, "city/vn-hanoi"))
                .isTrue();
        assertThat(contracts.shows(PART + "#/grant", HANOI, true, "city/th-bangkok"))
                .isTrue();
        assertThat(contracts.shows(PART + "#/tasks", HANOI, false, "city/th-bangkok"))
                .isTrue();
        assertThat(contracts.shows(PART + "#/grant", FUNDER, false, null)).isFalse();
        assertThat(contracts.shows(PART + "#/grant", Reader.NETWORK, false, null))
                .isTrue();
    }

    @Test
    void an_event_is_written_without_what_its_reader_may_not_see_item_by_item() {
        String selected = "{\"partners\":[{\"city\":\"vn-hanoi\",\"grant\":1.50},"
                + "{\"city\":\"th-bangkok\",\"grant\":2}],\"grants\":[{\"fund\":\"m1\",\"amount\":3}]}";
        String type = "koinon.proposal.selected.v1";
        assertThat(contracts.shown(type, selected, HANOI, false))
                .isEqualTo("{\"partners\":[{\"city\":\"vn-hanoi\",\"grant\":1.50},{\"city\":\"th-bangkok\"}],"
                        + "\"grants\":[{\"fund\":\"m1\"}]}");
        assertThat(contracts.shown(type, selected, FUNDER, false))
                .isEqualTo("{\"partners\":[{\"city\":\"vn-hanoi\"},{\"city\":\"th-bangkok\"}],"
                        + "\"grants\":[{\"fund\":\"m1\",\"amount\":3}]}");
        assertThat(contracts.shown(type, selected, HANOI, true)).isEqualTo(selected);
        assertThat(contracts.shown(type, selected, Reader.NETWORK, false)).isEqualTo(selected);
    }
}
