package koinon.eventing.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    private static final Pattern IN_A_SCHEMA = Pattern.compile("[^" + Texts.NEVER + "]");

    @ParameterizedTest
    @CsvSource({
        "0000, validation.character",
        "0008, validation.character",
        "001B, validation.character",
        "007F, validation.character",
        "009F, validation.character",
        "202E, validation.character",
        "2066, validation.character",
        "2069, validation.character",
        "2062, validation.character",
        "FEFF, validation.character",
        "FDD0, validation.character",
        "FFFE, validation.character",
        "10FFFF, validation.character",
        "D800, validation.character",
        "DFFF, validation.character",
        "E0041, validation.character",
        "000D, validation.line-feed",
        "000B, validation.line-feed",
        "0085, validation.line-feed",
        "2028, validation.line-feed"
    })
    void what_nobody_means_to_write_is_refused_with_its_place(String code, String key) {
        String text = "\ud83d\ude80é" + Character.toString(Integer.parseInt(code, 16)) + "x";

        for (boolean severalLines : List.of(true, false))
            assertThat(Texts.flaw(text, severalLines)).hasValueSatisfying(it -> {
                assertThat(it.key()).isEqualTo(key);
                assertThat(it.values()).containsEntry("place", "3");
                assertThat(it.text()).contains("U+" + code);
            });
    }

    @Test
    void a_line_break_is_refused_in_one_line_only() {
        assertThat(Texts.flaw("Hà\nNội", true)).isEmpty();
        assertThat(Texts.flaw("Hà\nNội", false))
                .hasValueSatisfying(it -> assertThat(it.text())
                        .isEqualTo("Character 3 is a line break, and this is a text of one line."));
        assertThat(Texts.flaw("Hanoi\n", false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200b",
                "\u200e\u200f",
                "\u00ad",
                "\u3164",
                "\u115f\u1160",
                "\u2800",
                "\ufe0f",
                "\udb40\udd00",
                "\u034f",
                "\u00a0\u200d\u2007"
            })
    void a_text_that_shows_nothing_is_refused(String text) {
        assertThat(Texts.showsNothing(text)).isTrue();
        assertThat(Texts.flaw(text, true))
                .hasValueSatisfying(it -> assertThat(it.key()).isEqualTo("validation.shows-nothing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\u00a0",
                "می\u200cخواهم",
                "ភ្នំ\u200bពេញ",
                "\ud83d\udc69\u200d\ud83d\ude80",
                "\ud83d\udc4b\ud83c\udfff",
                "שלום\u200f!",
                "a\tb",
                "\ue000",
                "\u0301"
            })
    void what_a_script_needs_is_allowed(String text) {
        assertThat(Texts.flaw(text, false)).isEmpty();
    }

    @Test
    void a_text_is_stored_in_normal_form_without_blanks_around_it() {
        assertThat(Texts.normal("\u00a0 Ha\u0300 No\u0323\u0302i\u2007\t")).isEqualTo("H\u00e0 N\u1ed9i");
        assertThat(Texts.length("e\u0301\ud83d\ude80")).isEqualTo(2);
        assertThat(Texts.length("\u0958")).isEqualTo(2);
    }

    @Property
    void each_character_means_the_same_to_a_reader_and_in_a_schema(
            @ForAll @IntRange(max = Character.MAX_CODE_POINT) int character) {
        boolean beyondSchemas = (character >= 0xd800 && character <= 0xdfff)
                || (character > 0xffff && (character & 0xfffe) == 0xfffe)
                || (character >= 0xe0000 && character <= 0xe0fff && (character < 0xe0100 || character > 0xe01ef));
        String text = Character.toString(character);

        assertThat(Texts.flaw("a" + text + "a", true).isEmpty())
                .isEqualTo(IN_A_SCHEMA.matcher(text).matches() && !beyondSchemas);
    }

    @Property
    void what_is_allowed_is_allowed_as_it_is_stored(@ForAll String text) {
        if (Texts.flaw(text, true).isPresent()) return;
        String normal = Texts.normal(text);

        assertThat(Texts.flaw(normal, true)).isEmpty();
        assertThat(Texts.normal(normal)).isEqualTo(normal);
        assertThat(Normalizer.isNormalized(normal, Normalizer.Form.NFC)).isTrue();
        assertThat(Texts.length(normal)).isEqualTo((int) normal.codePoints().count());
    }

    @Property
    void what_is_shown_of_a_text_of_unknown_origin_can_be_sent(@ForAll String text) {
        String shown = Texts.shown(text, 10);

        assertThat(Texts.flaw("a" + shown, false)).isEmpty();
        assertThat(shown.codePoints().count()).isLessThanOrEqualTo(13);
    }
}
