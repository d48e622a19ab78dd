package koinon.gateway.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import koinon.eventing.rule.ValidationFailed;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void a_text_is_compared_and_counted_as_texts_are_stored() {
        var parameters = new Parameters();

        assertThat(parameters.text("theme", "Me\u0301tiers")).isEqualTo("M\u00e9tiers");
        assertThat(parameters.text("q", "\ud83d\ude80".repeat(200))).hasSize(400);
        assertThat(parameters.text("q", "e\u0301".repeat(200))).hasSize(200);
        assertThatCode(parameters::check).doesNotThrowAnyException();
        parameters.text("q", "\ud83d\ude80".repeat(201));
        assertThatThrownBy(parameters::check).isInstanceOf(ValidationFailed.class);
    }
}
