package koinon.funding.funder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import koinon.eventing.document.EventJson;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.ValidationFailed;
import koinon.funding.TestActors;
import koinon.funding.funder.FunderEvent.FunderRegistered;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunderTest {

    @Test
    void the_secretariat_registers_a_funder_under_the_slug_of_its_identifier() {
        Funder funder = Funder.register("UNESCO ", "FR", " XM-DAC-41304", TestActors.secretariat());

        assertThat(funder.id()).isEqualTo("xm-dac-41304");
        assertThat(funder.events()).containsExactly(new FunderRegistered("UNESCO", "FR", "XM-DAC-41304"));
        assertThat(funder.name()).isEqualTo("UNESCO");
        assertThat(funder.country()).isEqualTo("FR");
        assertThat(funder.identifier()).isEqualTo("XM-DAC-41304");
    }

    @Test
    void an_identifier_in_whatever_writing_makes_an_id_of_letters_digits_and_hyphens() {
        assertThat(Funder.idOf("GB/CHC.123 456/")).isEqualTo("gb-chc-123-456");
    }

    @ParameterizedTest
    @ValueSource(strings = {" -/- ", "", "ünicef", "XM-DAC-41304é", "東京-1", "ƙ1", "İ1", "XM\tDAC", "XM\nDAC"})
    void an_identifier_without_letters_or_with_others_than_the_id_can_have_is_refused(String identifier) {
        assertThatExceptionOfType(ValidationFailed.class).isThrownBy(() -> Funder.idOf(identifier));
    }

    @Test
    void nobody_else_registers_a_funder() {
        assertThatExceptionOfType(AccessDenied.class)
                .isThrownBy(() -> Funder.register("UNESCO", "FR", "XM-DAC-41304", TestActors.officer()));
    }

    @Test
    void its_events_are_what_the_contracts_say() {
        Contracts.publishes(
                "funding",
                FunderEvent.class,
                EventJson.mapper()::writeValueAsString,
                new FunderRegistered(
                        "United Nations Educational, Scientific and Cultural Organization", "FR", "XM-DAC-41304"));
    }
}
