package koinon.gateway.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiterString = " -> ",
            value = {
                "=1+1 -> '=1+1",
                "-2, \"x\" -> \"'-2, \"\"x\"\"\"",
                "Hanoi; =HYPERLINK(1) -> Hanoi;' =HYPERLINK(1)",
                "Routes;@SUM(A1) -> Routes;'@SUM(A1)",
                "a;\"=1\" -> \"a;'\"\"=1\"\"\"",
                "Lacquer - and light -> Lacquer - and light",
                "Crafts, +more -> \"Crafts, +more\"",
                "vn-hanoi; th-bangkok -> vn-hanoi; th-bangkok"
            })
    void a_formula_becomes_a_text(String text, String cell) {
        assertThat(CsvTable.text(text)).isEqualTo(cell);
    }

    @Property
    void no_spreadsheet_of_any_language_finds_a_formula(@ForAll("texts") String text) {
        String cell = CsvTable.text(text);

        for (String part : cell.split("[;\t\r\n]", -1))
            assertThat(part.replaceAll("^[\\s\\p{Z}\\p{Cf}\"]+", "")).doesNotMatch("(?s)[=+@＝＋－＠-].*");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(List.of(
                        "=", "+", "-", "@", "＝", ";", ",", "\t", "\n", "\r", " ", "\u00a0", "\u200b", "\"", "'", "a",
                        "1"))
                .list()
                .ofMaxSize(12)
                .map(it -> String.join("", it));
    }
}
