package koinon.eventing.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import koinon.eventing.value.Money;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {

    @Test
    void a_text_is_there_and_no_longer_than_its_bound() {
        assertThat(Bounds.text("/title", "Craft", 5)).isEqualTo("Craft");
        refused("/title", () -> Bounds.text("/title", "Crafts", 5));
        refused("/title", () -> Bounds.text("/title", " \t", 5));
        refused("/title", () -> Bounds.text("/title", null, 5));
        refused("/title", () -> Bounds.text("/title", "a\u0000", 5));
        refused("/title", () -> Bounds.text("/title", "a\u001b[1m", 5));
        refused("/title", () -> Bounds.line("/title", "a\nb", 5));
        refused("/title", () -> Bounds.line("/title", "\u200b", 5));
        assertThat(Bounds.line("/title", "e\u0301".repeat(5), 5)).isEqualTo("\u00e9".repeat(5));
        assertThat(Bounds.line("/title", "\ud83d\ude80".repeat(5), 5)).hasSize(10);
        assertThat(Bounds.text("/title", "a\n\tb", 5)).isEqualTo("a\n\tb");
        assertThat(Bounds.atMost("/tasks", "", 5)).isEmpty();
        refused("/tasks", () -> Bounds.atMost("/tasks", "Crafts", 5));
        refused("/tasks", () -> Bounds.atMost("/tasks", null, 5));
        refused("/reason", () -> Bounds.reason("x".repeat(2_001)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "1.0000", "0.1234", "0.12340", "1e0"})
    void a_part_of_one_is_from_none_to_all(String value) {
        assertThat(Bounds.fraction("/achieved", new BigDecimal(value))).isEqualTo(new BigDecimal(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.0001", "1.0001", "0.12345", "5", "-4", "1e-9"})
    void what_is_no_part_of_one_is_refused(String value) {
        refused("/achieved", () -> Bounds.fraction("/achieved", new BigDecimal(value)));
    }

    @Test
    void an_amount_is_not_negative_and_below_the_bound_of_its_currency() {
        assertThat(Bounds.amount("/grant", Money.of("9000000000000", "VND")).amount())
                .isEqualTo("9000000000000");
        refused("/grant/amount", () -> Bounds.amount("/grant", Money.of("-0.01", "EUR")));
        refused("/grant/amount", () -> Bounds.amount("/grant", Money.of("9000000000000", "EUR")));
        refused("/grant", () -> Bounds.amount("/grant", null));
    }

    private static void refused(String pointer, ThrowingCallable entry) {
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(entry)
                .satisfies(it -> assertThat(it.violations())
                        .extracting(ValidationFailed.Violation::pointer)
                        .containsExactly(pointer));
    }
}
