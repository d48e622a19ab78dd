package koinon.eventing.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceTest {

    @Test
    void a_sentence_names_its_values_for_other_languages_and_contains_them_in_english() {
        assertThat(Sentence.of("grant.ask-at-most", "Ask for at most %s.", "amount", "10.00 EUR"))
                .isEqualTo(
                        new Sentence("grant.ask-at-most", Map.of("amount", "10.00 EUR"), "Ask for at most 10.00 EUR."));
    }

    @Test
    void a_text_without_values_is_taken_as_it_is() {
        assertThat(Sentence.of("weights.complete", "Let them weigh 100 % together.")
                        .text())
                .isEqualTo("Let them weigh 100 % together.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Two words", "a..b", ".a", "a."})
    void a_sentence_without_a_key_is_refused(String key) {
        assertThatThrownBy(() -> Sentence.of(key, "Something.")).isInstanceOf(IllegalArgumentException.class);
    }
}
