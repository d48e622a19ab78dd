package koinon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the application understands what people type, in each language: its own module, in the browser.
class EntryTest extends WithBrowser {

    private static final String ASK = """
            async ({ call, typed }) => {
              const words = [...document.querySelectorAll('link[rel=modulepreload]')]
                .find(it => it.href.endsWith('/lib/words.js')).href;
              const entry = await import(words.replace('words.js', 'entry.js'));
              return String(entry[call](typed));
            }""";

    /// Each typed amount, `->`, and the decimal text that the API gets.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | 12,000.50 -> 12000.50; 12 000,50 -> 12000.50; 12,000 -> 12000; 1,234,567 -> 1234567; 12.5 -> 12.5;"
                        + " 12,5 -> 12.5; 0.5 -> 0.5; twelve -> twelve; -5 -> -5",
                "fr | 12 000,50 -> 12000.50; 12000,5 -> 12000.5; 12,000 -> 12.000; 12.000,50 -> 12000.50",
                "vi | 12.000 -> 12000; 12.000,50 -> 12000.50; 1.234.567 -> 1234567; 12,5 -> 12.5"
            })
    void an_amount_is_understood_as_the_language_writes_it(String language, String amounts) {
        Page page = calls(language);
        for (String[] it : table(amounts))
            assertThat(ask(page, "decimal", it[0])).as(it[0]).isEqualTo(it[1]);
        assertThat(ask(page, "decimal", " ")).isEqualTo("null");
    }

    /// Each typed day, month and year, `->`, and the day that the API gets, or what it refuses.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | 1/5/2027 -> 2027-05-01; 31/May/2027 -> 2027-05-31; 3/sept/2027 -> 2027-09-03; 3/Ma/2027 -> 2027-Ma-03",
                "fr | 14/juillet/2027 -> 2027-07-14; 14/févr./2027 -> 2027-02-14; 1/August/2027 -> 2027-08-01",
                "vi | 30/tháng 4/2027 -> 2027-04-30; 30/12/2027 -> 2027-12-30"
            })
    void a_month_is_a_number_or_a_word(String language, String days) {
        Page page = calls(language);
        for (String[] it : table(days)) {
            String[] typed = it[0].split("/", -1);
            assertThat(ask(page, "isoDay", Map.of("d", typed[0], "m", typed[1], "y", typed[2])))
                    .as(it[0])
                    .isEqualTo(it[1]);
        }
        assertThat(ask(page, "isoDay", Map.of("d", " ", "m", "", "y", ""))).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | This is possible in the state Reserved or Declined. It is Planned now.",
                "fr | C’est possible à l’état Réservé ou Décliné. L’état est maintenant Prévu.",
                "vi | Chỉ làm được ở trạng thái Đã giữ chỗ hoặc Đã từ chối. Hiện là Dự kiến."
            })
    void a_refusal_names_the_states_in_the_language_of_the_page(String language, String sentence) {
        String said = (String) calls(language).evaluate("""
                async () => {
                  const words = await import([...document.querySelectorAll('link[rel=modulepreload]')]
                    .find(it => it.href.endsWith('/lib/words.js')).href);
                  await words.load('refusals');
                  return words.sentence({ key: 'wrong-state', text: 'English',
                    values: { possible: 'RESERVED or DECLINED', state: 'PLANNED', way: 'a partner reports it.' } });
                }""");
        assertThat(said).isEqualTo(sentence);
    }

    private static String[][] table(String lines) {
        return Arrays.stream(lines.split("; ", -1))
                .map(it -> it.split(" -> ", -1))
                .toArray(String[][]::new);
    }

    private Page calls(String language) {
        return open(browser(1280, language, ColorScheme.LIGHT), "/calls");
    }

    private static Object ask(Page page, String call, Object typed) {
        return page.evaluate(ASK, Map.of("call", call, "typed", typed));
    }
}
