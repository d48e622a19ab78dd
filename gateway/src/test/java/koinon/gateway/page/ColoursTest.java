package koinon.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The contrasts of the colours, light and dark (WCAG 2.2: 4.5 for text in 1.4.3, 3 for controls and drawings in
/// 1.4.11).
class ColoursTest {

    private static final Map<String, String[]> TOKENS = tokens();

    private static Map<String, String[]> tokens() {
        var tokens = new TreeMap<String, String[]>();
        Pattern.compile("--([\\w-]+): light-dark\\(#(\\w{6}), #(\\w{6})\\)")
                .matcher(Assets.load(null).text("style/tokens.css"))
                .results()
                .forEach((MatchResult it) -> tokens.put(it.group(1), new String[] {it.group(2), it.group(3)}));
        return tokens;
    }

    @ParameterizedTest
    @CsvSource({
        "ink, paper, 4.5",
        "ink, canvas, 4.5",
        "ink, brand-tint, 4.5",
        "ink, soon-tint, 4.5",
        "muted, paper, 4.5",
        "muted, canvas, 4.5",
        "muted, sunk, 4.5",
        "muted, brand-tint, 4.5",
        "muted, soon-tint, 4.5",
        "brand, paper, 4.5",
        "brand, canvas, 4.5",
        "brand, brand-tint, 4.5",
        "brand, soon-tint, 4.5",
        "on-brand, brand, 4.5",
        "ok, ok-tint, 4.5",
        "soon, soon-tint, 4.5",
        "late, late-tint, 4.5",
        "risk, risk-tint, 4.5",
        "calm, calm-tint, 4.5",
        "ok, paper, 4.5",
        "soon, paper, 4.5",
        "late, paper, 4.5",
        "risk, paper, 4.5",
        "accent, paper, 4.5",
        "paper, ink, 4.5",
        "control, paper, 3",
        "control, canvas, 3",
        "focus, paper, 3",
        "focus, canvas, 3",
        "money-paid, paper, 3",
        "money-payable, paper, 3",
    })
    void a_colour_stands_out_from_what_is_behind_it(String front, String behind, double least) {
        for (int scheme = 0; scheme < 2; scheme++)
            assertThat(contrast(TOKENS.get(front)[scheme], TOKENS.get(behind)[scheme]))
                    .as("%s on %s, %s", front, behind, scheme == 0 ? "light" : "dark")
                    .isGreaterThanOrEqualTo(least);
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        return 0.2126 * channel(colour, 0) + 0.7152 * channel(colour, 2) + 0.0722 * channel(colour, 4);
    }

    private static double channel(String colour, int at) {
        double value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
