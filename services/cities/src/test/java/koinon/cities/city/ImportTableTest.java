package koinon.cities.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import koinon.eventing.rule.ValidationFailed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTableTest {

    private static final List<String> REQUIRED = List.of("name", "country");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiterString = " -> ",
            value = {
                "name,country|Hà Nội,VN -> comma",
                "name,country|\"Hà Nội\",\"VN\" -> comma",
                "name;country|Hà Nội;VN -> semicolon",
                "name\tcountry|Hà Nội\tVN -> tab",
                "sep=;|name;country|Hà Nội;VN -> semicolon",
                "sep=,|name,country|Hà Nội,VN -> comma",
                "SEP=\t|name\tcountry|Hà Nội\tVN -> tab",
                "\"Name\",\" COUNTRY \"|Hà Nội ,VN -> comma",
                "name,country,|Hà Nội,VN, -> comma",
                "name,country|Hà Nội,VN,,, -> comma",
                "name;country;note|Hà Nội;VN;a, b -> semicolon",
                "||name,country|||Hà Nội,VN -> comma"
            })
    void a_table_is_read_as_a_spreadsheet_saves_it(String written, String delimiter) {
        for (String end : List.of("\n", "\r\n", "\r"))
            for (String mark : List.of("", "\ufeff"))
                for (Charset encoding :
                        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                    String text = mark + written.replace("|", end) + end;
                    if (text.startsWith(end) && !encoding.equals(StandardCharsets.UTF_8) && mark.isEmpty()) continue;

                    var table = table(text.getBytes(encoding));

                    assertThat(table.delimiter()).isEqualTo(delimiter);
                    assertThat(table.encoding())
                            .isEqualTo(encoding.name().substring(0, encoding.equals(StandardCharsets.UTF_8) ? 5 : 6));
                    assertThat(table.rows()).singleElement().satisfies(it -> {
                        assertThat(it.text("name")).isEqualTo("Hà Nội");
                        assertThat(it.text("country")).isEqualTo("VN");
                        assertThat(it.values()).hasSameSizeAs(it.columns());
                    });
                }
    }

    @Test
    void rows_without_a_value_are_skipped_and_counted_and_lines_are_those_of_the_file() {
        var table =
                table("sep=;\r\nname;country\r\n;\r\n\r\n\u00a0 ;\u200b;\r\n\"Two\r\nlines\";VN\r\nHue;VN\r\n;;;;\r\n");

        assertThat(table.empty()).isEqualTo(4);
        assertThat(table.rows()).extracting(ImportTable.Row::line).containsExactly(6L, 8L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "windows-1252 -> São Paulo",
                "windows-1250 -> Łódź",
                "windows-1258 -> Bình Dương",
                "windows-1251 -> Київ",
                "ISO-8859-1 -> Besançon"
            })
    void another_encoding_is_refused_with_the_line_and_the_remedy(String encoding, String name) {
        refused(
                ("name,country\nHue,VN\nTown of " + name + ",XX\n").getBytes(Charset.forName(encoding)),
                "Line 3 is not in UTF-8: byte",
                "save it as CSV UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiterString = " -> ",
            value = {
                "name|country⏎Hue|VN⏎ -> The column country is missing. Line 1 was read with the delimiter comma; its columns are: name|country.",
                "name;land⏎Hue;VN⏎ -> The column country is missing. Line 1 was read with the delimiter semicolon; its columns are: name, land.",
                "name,country,NAME⏎Hue,VN,x⏎ -> The column name is there twice.",
                "name,country⏎Hue,VN⏎\"never closed,VN⏎Hoi An,VN⏎ -> From line 3 on this is no table in CSV",
                "name,country⏎\"a\"b,VN⏎ -> From line 2 on this is no table in CSV"
            })
    void what_is_no_such_table_is_refused_with_the_line_and_the_remedy(String text, String sentence) {
        refused(text.replace("⏎", "\n").getBytes(StandardCharsets.UTF_8), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ufeff", "\n", ",,,\n", "sep=;"})
    void an_empty_table_has_no_columns(String text) {
        refused(text.getBytes(StandardCharsets.UTF_8), "The column name is missing.", "The column country is missing.");
    }

    @Property
    void whatever_is_sent_is_read_or_refused(@ForAll byte[] bytes) {
        try {
            table(bytes);
        } catch (ValidationFailed it) {
            assertThat(it.violations()).isNotEmpty();
        }
    }

    private static ImportTable table(String text) {
        return table(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ImportTable table(byte[] bytes) {
        return ImportTable.of(bytes, REQUIRED, 100);
    }

    private static void refused(byte[] bytes, String... parts) {
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> table(bytes))
                .satisfies(it -> assertThat(it.getMessage()).contains(parts));
    }
}
