package koinon.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsOverHttpTest extends OverHttp {

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001b", "\\u0085", "\\u202e", "\\u2066", "\\ufeff", "\\uffff", "\\r"})
    void what_no_text_contains_is_refused_wherever_a_text_stands(String character) throws Exception {
        String text = "\"a" + character + "b\"";
        var answer = post("/things", """
                {"title": %1$s, "due": "2026-05-01", "note": %1$s, "parts": [{"name": %1$s, "percent": 1}],
                 "words": ["a", %1$s], "counts": {%1$s: 1}}
                """.formatted(text));

        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer))
                .containsOnlyKeys("/title", "/note", "/parts/0/name", "/words/1", "/counts/a\ufffdb")
                .allSatisfy((_, detail) -> assertThat(detail).startsWith("Character 2 is U+"));
    }

    @Test
    void a_line_break_stands_only_in_a_text_of_several_lines() throws Exception {
        var answer = post("/things", """
                {"title": "a\\nb", "due": "2026-05-01", "note": "a\\n\\tb", "parts": [{"name": "a\\nb", "percent": 1}],
                 "words": ["a\\nb"], "counts": {"a\\nb": 1}}
                """);

        assertThat(violations(answer))
                .containsOnlyKeys("/title", "/parts/0/name", "/words/0", "/counts/a\ufffdb")
                .allSatisfy((_, detail) -> assertThat(detail).startsWith("Character 2 is a line break"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u200b", "\\u3164", "\\u2800\\u00ad", "\\ufe0f"})
    void a_text_that_shows_nothing_is_refused_also_where_it_may_be_empty(String text) throws Exception {
        var answer =
                post("/things", "{\"title\": \"%1$s\", \"due\": \"2026-05-01\", \"note\": \"%1$s\"}".formatted(text));

        assertThat(violations(answer))
                .containsOnlyKeys("/title", "/note")
                .allSatisfy((_, detail) -> assertThat(detail).startsWith("This text shows nothing"));
    }

    @Test
    void a_text_is_read_in_normal_form_and_counted_as_it_is_stored() throws Exception {
        assertThat(post("/things/echo", """
                {"title": "\\u00a0%s\\n", "due": "2026-05-01"}
                """.replace("\\n", "").formatted("e\u0301".repeat(20)))
                        .body())
                .isEqualTo("{\"title\":\"%s\",\"due\":\"2026-05-01\"}".formatted("\u00e9".repeat(20)));
        assertThat(violations(post("/things", """
                {"title": "%s", "due": "2026-05-01"}
                """.formatted("\u0958".repeat(11)))))
                .containsOnlyKeys("/title");
    }

    @Test
    void half_of_a_pair_is_refused_also_in_a_name() throws Exception {
        for (String body : List.of("{\"title\": \"a\\ud800b\"}", "{\"\\udc00\": 1}", "{\"counts\": {\"\\ud800\": 1}}"))
            assertProblem(post("/things", body), 400, "invalid");
    }

    @Test
    void the_name_of_an_unknown_field_can_be_sent_back() throws Exception {
        var answer = post("/things", "{\"a\\u202eb\": 1, \"title\": \"a\", \"due\": \"2026-05-01\"}");

        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer)).isEqualTo(Map.of("/a\ufffdb", "Unknown field."));
    }
}
