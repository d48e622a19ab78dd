package koinon.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest extends OverHttp {

    @Test
    void every_violation_is_named_at_once_each_where_it_is() throws Exception {
        var answer = post("/things", """
                {"title": 5, "due": "yesterday", "price": {"amount": 85000.00, "currency": "EUR"}, "share": "half",
                 "colour": "BLUE", "shape": {"kind": "flat"}, "parts": [{"name": "", "percent": "12"},
                 {"name": "far too long a name", "percent": 101, "more": [1, {"a": 2}]}], "reference": "x", "extra": true}
                """);

        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer))
                .containsEntry("/title", "A text is expected.")
                .containsEntry("/due", "A date such as 2026-04-30 is expected.")
                .containsEntry("/price/amount", "A text is expected.")
                .containsEntry("/share", "A decimal number is expected.")
                .containsEntry("/colour", "One of RED, GREEN is expected.")
                .containsEntry("/parts/0/name", "This is required.")
                .containsEntry("/parts/0/percent", "A whole number is expected.")
                .containsEntry("/parts/1/percent", "At most 100 is allowed.")
                .containsEntry("/parts/1/more", "Unknown field.")
                .containsEntry("/reference", "A UUID is expected.")
                .containsEntry("/extra", "Unknown field.")
                .containsKeys("/parts/1/name")
                .anySatisfy((pointer, detail) -> {
                    assertThat(pointer).startsWith("/shape");
                    assertThat(detail).contains("round").contains("square");
                });
    }

    @Test
    void a_violation_of_a_constraint_is_named_after_it_with_what_it_says() throws Exception {
        var answer = post("/things", """
                {"title": "a", "due": "2026-05-01", "parts": [{"name": "b", "percent": 101}]}
                """);

        assertThat(JsonPath.<Map<String, Object>>read(answer.body(), "$.violations[0].sentence"))
                .isEqualTo(Map.of(
                        "key", "validation.max", "values", Map.of("value", "100"), "text", "At most 100 is allowed."));
    }

    @Test
    void what_is_missing_is_named() throws Exception {
        assertThat(violations(post("/things", "{}"))).containsOnlyKeys("/title", "/due");
        assertThat(violations(post("/things", "{\"title\":\"a\",\"due\":\"2026-05-01\",\"parts\":[{\"name\":\"b\"}]}")))
                .containsOnlyKeys("/parts/0/percent");
        assertThat(violations(post("/things", ""))).containsOnlyKeys("");
        assertThat(violations(post("/things", "null"))).containsOnlyKeys("");
        assertThat(violations(post("/things", "{\"title\":\"a\",\"due\":\"1999-01-01\"}")))
                .containsValue("A thing is due after 1999.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":\"-1.00\",\"currency\":\"EUR\"}   | /price/amount",
                "{\"amount\":\"1.005\",\"currency\":\"EUR\"}   | /price/amount",
                "{\"amount\":\"1e9\",\"currency\":\"EUR\"}     | /price/amount",
                "{\"amount\":\"1000000000000\",\"currency\":\"EUR\"} | /price/amount",
                "{\"amount\":\"1.00\",\"currency\":\"EURO\"}   | /price/currency",
                "{\"amount\":\"1.00\",\"currency\":\"XXX\"}    | /price/currency",
                "{\"amount\":\"1.00\",\"currency\":\"XAU\"}    | /price/currency",
                "{\"amount\":\"1.00\",\"currency\":\"DEM\"}    | /price/currency",
                "{\"amount\":\"1.00\"}                         | /price/currency",
                "{\"amount\":\"1.00\",\"currency\":\"EUR\",\"vat\":1} | /price/vat",
                "85000                                         | /price",
                "[]                                            | /price"
            })
    void money_that_is_none_is_refused_where_it_is_wrong(String price, String pointer) throws Exception {
        var answer = post("/things", "{\"title\":\"a\",\"due\":\"2026-05-01\",\"price\":%s}".formatted(price));

        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer)).containsOnlyKeys(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"+999999999-12-31\"       | A year from 1900 to 2999 is expected.",
                "\"-0001-01-01\"            | A year from 1900 to 2999 is expected.",
                "\"1899-12-31\"             | A year from 1900 to 2999 is expected.",
                "\"3000-01-01\"             | A year from 1900 to 2999 is expected.",
                "\"10000-01-01\"            | A date such as 2026-04-30 is expected.",
                "\"2026-02-30\"             | A date such as 2026-04-30 is expected.",
                "[2026,4,30]                | A date such as 2026-04-30 is expected.",
                "20260430                   | A date such as 2026-04-30 is expected."
            })
    void a_day_that_no_project_sees_is_refused(String due, String detail) throws Exception {
        var answer = post("/things", "{\"title\":\"a\",\"due\":%s}".formatted(due));

        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer)).containsEntry("/due", detail);
    }

    @ParameterizedTest
    @CsvSource({
        "+999999999-12-31T17:00, A year from 1900 to 2999 is expected.",
        "1899-12-31T23:59:59, A year from 1900 to 2999 is expected.",
        "10000-01-01T00:00, A local time such as 2026-04-30T17:00 is expected.",
        "2026-04-30T17:00Z, A local time such as 2026-04-30T17:00 is expected."
    })
    void a_local_time_that_no_project_sees_is_refused(String closes, String detail) throws Exception {
        var answer = post("/things", "{\"title\":\"a\",\"due\":\"2026-05-01\",\"closes\":\"%s\"}".formatted(closes));

        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer)).containsExactly(Map.entry("/closes", detail));
    }

    @Test
    void decimals_stay_exact_and_monstrous_ones_are_refused() throws Exception {
        var exact = post(
                "/things/echo",
                "{\"title\":\"a\",\"due\":\"2026-05-01\",\"share\":0.1234567890123456789,\"price\":{\"amount\":\"85000.00\",\"currency\":\"EUR\"}}");
        assertThat(exact.body())
                .isEqualTo(
                        "{\"title\":\"a\",\"due\":\"2026-05-01\",\"price\":{\"amount\":\"85000.00\",\"currency\":\"EUR\"},\"share\":0.1234567890123456789}");

        var monstrous = post("/things", "{\"title\":\"a\",\"due\":\"2026-05-01\",\"share\":1e999999999}");
        assertThat(violations(monstrous)).containsOnlyKeys("/share");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"title\":", "{\"title\":\"a\",\"title\":\"b\"}", "{} {}", "[1,2]", "\"x\"", "{\"a\":NaN}"})
    void what_is_not_one_well_formed_object_is_refused(String body) throws Exception {
        assertProblem(post("/things", body), 400, "invalid");
    }

    @Test
    void a_deeply_nested_body_is_refused() throws Exception {
        assertProblem(post("/things/command", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000)), 400, "invalid");
    }

    @Test
    void a_body_beyond_the_limit_is_refused_whether_it_says_its_length_or_not() throws Exception {
        var large = "{\"title\":\"" + "x".repeat(1_000_000) + "\"}";

        assertProblem(post("/things", large), 413, "body-too-large");
        assertProblem(
                send(request("/things")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))),
                413,
                "body-too-large");
        assertThat(send(request("/things/csv")
                                .header("Content-Type", "text/csv")
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[262_144]))))
                        .body())
                .isEqualTo("{\"bytes\":262144}");
    }

    @Test
    void who_only_reads_sends_no_body() throws Exception {
        assertProblem(send(request("/things").method("GET", BodyPublishers.ofString(GOOD))), 400, "no-body-here");
        assertProblem(send(to("/things/open/a").method("GET", BodyPublishers.ofString(GOOD))), 400, "no-body-here");
    }

    @Test
    void methods_media_types_and_paths_that_are_not_here_are_refused() throws Exception {
        var method = send(request("/things").DELETE());
        assertProblem(method, 405, "method-not-allowed");
        assertThat(method.headers().firstValue("Allow")).isPresent();
        assertProblem(
                send(request("/things").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("hello"))),
                415,
                "media-type");
        assertProblem(send(request("/things").POST(BodyPublishers.ofString(GOOD))), 415, "media-type");
        assertProblem(send(request("/things").header("Accept", "image/png").GET()), 406, "not-acceptable");
        assertProblem(send(request("/nowhere").GET()), 404, "not-found");
        assertProblem(
                send(request("/things/no-uuid").header("If-Match", "\"7\"").PUT(BodyPublishers.noBody())),
                404,
                "not-found");
        assertProblem(send(request("/things/../../etc/passwd").GET()), 400, "bad-request");
    }

    @Test
    void what_goes_wrong_has_its_status_and_tells_no_secret() throws Exception {
        assertProblem(post("/things/fails/rule", ""), 409, "too-late");
        assertProblem(post("/things/fails/missing", ""), 404, "not-found");
        assertProblem(post("/things/fails/key", ""), 422, "key-reused");
        for (var away : List.of("busy", "database")) {
            var answer = post("/things/fails/" + away, "");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
            assertThat(answer.body()).doesNotContain("secret");
        }
        var ours = post("/things/fails/otherwise", "");
        assertProblem(ours, 500, "internal");
        assertThat(ours.body()).doesNotContain("secret").contains("trace");
    }
}
