package koinon.http.condition;

import static koinon.http.condition.RequestConditions.Outcome.SENT;
import static koinon.http.condition.RequestConditions.Outcome.STALE;
import static koinon.http.condition.RequestConditions.Outcome.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import koinon.eventing.rule.ValidationFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestConditionsTest {

    private static RequestConditions with(String header, String... values) {
        var request = new MockHttpServletRequest();
        for (String it : values) request.addHeader(header, it);
        return RequestConditions.of(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "*                     | UNCHANGED | SENT",
                "\"a\"                 | UNCHANGED | SENT",
                "W/\"a\"               | UNCHANGED | STALE",
                "\"x\", \"a\"          | UNCHANGED | SENT",
                "\"x\",W/\"a\" ,       | UNCHANGED | STALE",
                "' , \"a\"'            | UNCHANGED | SENT",
                "W/\"x\", \"a-gz\"     | UNCHANGED | SENT",
                "\"x,\"                | SENT      | STALE",
                "\"\"                  | SENT      | STALE",
                "\"x\", W/\"y\"        | SENT      | STALE",
            })
    void both_headers_take_the_same_lists(
            String value, RequestConditions.Outcome unlessKnown, RequestConditions.Outcome ifWanted) {
        assertThat(with("If-None-Match", value).outcome("\"a\"", "\"a-gz\"")).isEqualTo(unlessKnown);
        assertThat(with("If-Match", value).outcome("\"a\"", "\"a-gz\"")).isEqualTo(ifWanted);
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(with("If-None-Match", "\"x\"", "\"a\"").outcome("\"a\"")).isEqualTo(UNCHANGED);
        assertThat(with("If-Match", "\"x\"", "W/\"y\", \"a\"").match()).contains(List.of("x", "a"));
    }

    @Test
    void what_is_wanted_is_judged_before_what_is_known() {
        var request = new MockHttpServletRequest();
        request.addHeader("If-Match", "\"x\"");
        request.addHeader("If-None-Match", "\"a\"");
        assertThat(RequestConditions.of(request).outcome("\"a\"")).isEqualTo(STALE);
        assertThat(RequestConditions.of(new MockHttpServletRequest()).outcome("\"a\""))
                .isEqualTo(SENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a",
                "\"a",
                "\"a\" \"b\"",
                "*, \"a\"",
                "w/\"a\"",
                "W/ \"a\"",
                "\"a b\"",
                "\"a\";q=1"
            })
    void anything_else_is_refused_in_both(String value) {
        for (String header : List.of("If-Match", "If-None-Match"))
            assertThatThrownBy(() -> with(header, value))
                    .isInstanceOfSatisfying(
                            ValidationFailed.class,
                            it -> assertThat(it.violations())
                                    .singleElement()
                                    .satisfies(one -> assertThat(one.pointer()).isEqualTo(header)));
    }

    @Test
    void a_long_list_of_nothing_is_read_in_no_time() {
        assertThatThrownBy(() -> with("If-None-Match", " ,".repeat(4_000) + "x"))
                .isInstanceOf(ValidationFailed.class);
    }
}
