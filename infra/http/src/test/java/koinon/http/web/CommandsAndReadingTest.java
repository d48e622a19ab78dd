package koinon.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import koinon.testing.http.Tokens;
import org.junit.jupiter.api.Test;

class CommandsAndReadingTest extends OverHttp {

    @Test
    void a_good_command_is_created_with_its_place_its_version_and_its_position() throws Exception {
        var answer = post("/things", GOOD);

        assertThat(answer.statusCode()).isEqualTo(201);
        String id = JsonPath.read(answer.body(), "$.id");
        assertThat(answer.headers().firstValue("Location")).contains("/things/" + id);
        assertThat(answer.headers().firstValue("ETag")).contains("\"3\"");
        assertThat(answer.headers().firstValue("Koinon-Position")).contains("thing/" + id + "/3");
    }

    @Test
    void who_has_no_valid_token_is_refused_with_a_challenge() throws Exception {
        var none = send(to("/things").GET());
        assertProblem(none, 401, "token-required");
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        for (var bad : List.of(
                ANNA.expired().bearer(),
                ANNA.foreign().bearer(),
                ANNA.from("http://elsewhere").bearer(),
                ANNA.meantFor("another application").bearer(),
                ANNA.bearer() + "x",
                "Bearer nonsense",
                "Bearer a.b.c")) {
            var refused = send(to("/things").header("Authorization", bad).GET());
            assertProblem(refused, 401, "token-invalid");
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .get()
                    .asString()
                    .contains("invalid_token");
        }
        var unsigned = ANNA.token().split("\\.", -1);
        var none2 = "eyJhbGciOiJub25lIn0." + unsigned[1] + ".";
        assertProblem(
                send(to("/things").header("Authorization", "Bearer " + none2).GET()), 401, "token-invalid");
    }

    @Test
    void what_is_public_is_read_without_a_token_but_never_changed() throws Exception {
        assertThat(send(to("/things/open/a").GET()).body()).contains("anonymous");
        assertThat(send(request("/things/open/a").GET()).body())
                .contains("reader")
                .doesNotContain("anonymous", ANNA.subject());
        assertThat(send(to("/things/open/a").POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(401);
        assertThat(send(to("/actuator/health/readiness").GET()).statusCode()).isEqualTo(200);
        assertThat(send(to("/actuator/health").GET()).statusCode()).isEqualTo(401);
        assertThat(send(request("/actuator/health").GET()).statusCode()).isEqualTo(403);
    }

    @Test
    void what_is_told_of_a_process_is_for_who_operates_it() throws Exception {
        var operator = Tokens.person("olga").mandate("operator", "network").bearer();
        assertThat(send(to("/actuator/metrics").GET()).statusCode()).isEqualTo(401);
        assertProblem(send(request("/actuator/metrics").GET()), 403, "forbidden");
        assertThat(send(to("/actuator/metrics")
                                .header("Authorization", operator)
                                .GET())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_mandate_must_fit_and_hold_and_be_picked_where_several_fit() throws Exception {
        assertThat(send(request("/things/acting?scope=house/2").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        assertProblem(send(request("/things/acting?scope=house/3").POST(BodyPublishers.noBody())), 403, "no-mandate");
        var over = Tokens.person("otto").mandate("keeper", "house/3", null, LocalDate.of(2020, 1, 1));
        assertProblem(
                send(to("/things/acting?scope=house/3")
                        .header("Authorization", over.bearer())
                        .POST(BodyPublishers.noBody())),
                403,
                "no-mandate");
        var twice = Tokens.person("otto").mandate("keeper", "house/3").mandate("keeper", "house/3");
        var undecided = send(to("/things/acting?scope=house/3")
                .header("Authorization", twice.bearer())
                .POST(BodyPublishers.noBody()));
        assertProblem(undecided, 400, "invalid");
        assertThat(violations(undecided).get("Koinon-Mandate"))
                .contains("otto-1")
                .contains("otto-2");
        assertThat(send(to("/things/acting?scope=house/3")
                                .header("Authorization", twice.bearer())
                                .header("Koinon-Mandate", "otto-2")
                                .POST(BodyPublishers.noBody()))
                        .body())
                .contains("otto-2");
    }

    @Test
    void a_version_is_demanded_and_a_stale_one_refused() throws Exception {
        var path = "/things/" + UUID.randomUUID();

        assertProblem(put(path, null), 428, "if-match-required");
        assertProblem(put(path, "\"6\""), 412, "stale");
        assertProblem(put(path, "W/\"7\""), 412, "stale");
        assertProblem(put(path, "\"other\""), 412, "stale");
        assertProblem(put(path, "7"), 400, "invalid");
        assertProblem(put(path, "W/\"7\", \"6-x\", \"x\""), 412, "stale");
        assertProblem(put(path, "\"6\" \"7\""), 400, "invalid");
        var unlessKnown = send(request(path)
                .header("If-Match", "\"7\"")
                .header("If-None-Match", "*")
                .PUT(BodyPublishers.noBody()));
        assertThat(violations(unlessKnown)).containsOnlyKeys("If-None-Match");
        for (var good : List.of("\"7\"", "\"7-whatever\"", "\"6\", \"7\"", "W/\"1\",\"7-x\"", " \"7\" "))
            assertThat(put(path, good).statusCode()).as(good).isEqualTo(200);
        assertThat(put(path, "*").headers().firstValue("ETag")).contains("\"8\"");
    }

    @Test
    void who_has_read_it_already_is_told_so() throws Exception {
        var first = send(request("/things/open/a").GET());
        var etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(etag).matches("\"7-[A-Za-z0-9_-]{22}\"");
        assertThat(first.body()).contains("\"version\":7");
        assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
        assertThat(first.headers().allValues("Vary")).contains("Authorization, Cookie, Koinon-Mandate");
        for (var known : List.of(etag, "W/" + etag, "\"6-x\", " + etag, "*"))
            for (var method : List.of("GET", "HEAD")) {
                var again = send(request("/things/open/a")
                        .header("If-None-Match", known)
                        .method(method, BodyPublishers.noBody()));
                assertThat(again.statusCode()).as(known).isEqualTo(304);
                assertThat(again.body()).isEmpty();
                assertThat(again.headers().firstValue("ETag")).contains(etag);
                assertThat(again.headers().allValues("Vary")).contains("Authorization, Cookie, Koinon-Mandate");
            }
        for (var other : List.of("\"7\"", "\"7-other\"", "\"6\""))
            assertThat(send(request("/things/open/a")
                                    .header("If-None-Match", other)
                                    .GET())
                            .statusCode())
                    .isEqualTo(200);
    }

    @Test
    void another_body_of_the_same_version_has_another_etag_and_both_may_be_sent_back() throws Exception {
        var hers = send(request("/things/open/a").GET())
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        var anybodys =
                send(to("/things/open/a").GET()).headers().firstValue("ETag").orElseThrow();

        assertThat(hers).isNotEqualTo(anybodys);
        assertThat(send(to("/things/open/a").header("If-None-Match", hers).GET())
                        .statusCode())
                .isEqualTo(200);
        for (var read : List.of(hers, anybodys))
            assertThat(put("/things/" + UUID.randomUUID(), read).statusCode()).isEqualTo(200);
    }

    @Test
    void the_etag_of_a_commands_answer_is_good_for_the_next_command_and_for_no_read() throws Exception {
        var done = put("/things/" + UUID.randomUUID(), "*")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        assertThat(done).isEqualTo("\"8\"");
        assertProblem(put("/things/" + UUID.randomUUID(), done), 412, "stale");
    }

    @Test
    void a_key_stands_for_one_request_of_method_path_and_body() throws Exception {
        var first = command("k 1", "{\"a\":1}");
        assertThat(command("k 1", "{\"a\":1}")).isEqualTo(first);
        assertThat(command("k 1", "{\"a\":2}")).isNotEqualTo(first);
        assertThat(first).contains("k 1");
        for (var bad : List.of("", "x".repeat(101), "tab\there"))
            assertProblem(
                    send(request("/things/command")
                            .header("Idempotency-Key", bad)
                            .POST(BodyPublishers.noBody())),
                    400,
                    "invalid");
        String a = JsonPath.read(
                send(request("/things")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "one")
                                .POST(BodyPublishers.ofString(GOOD)))
                        .body(),
                "$.id");
        String b = JsonPath.read(
                send(request("/things")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "one")
                                .POST(BodyPublishers.ofString(GOOD)))
                        .body(),
                "$.id");
        assertThat(a).isEqualTo(b);
    }

    @Test
    void a_trace_is_carried_on_or_begun() throws Exception {
        var sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assertThat(trace(sent)).isEqualTo(sent);
        assertThat(trace("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContain("0".repeat(32));
        assertThat(trace("nonsense")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void pages_follow_each_other_to_the_end_and_bad_places_are_refused() throws Exception {
        var first = send(request("/things").GET()).body();
        assertThat(JsonPath.<List<String>>read(first, "$.items")).hasSize(50).endsWith("049");
        var second = send(request("/things?limit=70&after=" + JsonPath.read(first, "$.next"))
                        .GET())
                .body();
        assertThat(JsonPath.<List<String>>read(second, "$.items")).hasSize(70).endsWith("119");
        assertThat(second).doesNotContain("next");
        var next = JsonPath.<String>read(first, "$.next");
        assertThat(violations(send(request("/things?colour=RED&after=" + next).GET())))
                .containsOnlyKeys("after");
        for (var bad : List.of("limit=0", "limit=201", "limit=-1", "limit=many", "after=!", "after=_w", "colour=BLUE"))
            assertProblem(send(request("/things?" + bad).GET()), 400, "invalid");
    }

    @Test
    void all_that_is_wrong_with_the_parameters_is_named_and_then_what_is_wrong_with_their_values() throws Exception {
        assertThat(violations(send(request("/things?limit=&limits=5&colour=RED&colour=GREEN")
                        .GET())))
                .containsOnlyKeys("limit", "limits", "colour");
        var answer = send(request("/things?limit=0&after=!").GET());
        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer))
                .containsOnly(
                        entry("limit", "A page has 1 to 200 items."),
                        entry("after", "This is not the 'next' of a page."));
        assertThat(violations(send(request("/things?colour=BLUE").GET())))
                .containsOnly(entry("colour", "One of RED, GREEN is expected."));
    }

    @Test
    void what_a_command_does_not_know_is_refused_too() throws Exception {
        var answer = send(request("/things?dryRun=true")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(GOOD)));
        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer)).containsOnlyKeys("dryRun");
    }

    @Test
    void an_address_with_a_slash_at_its_end_is_none_with_a_token_and_without() throws Exception {
        for (var path : List.of("/things/", "/things/open/a/", "/things/open/", "/nowhere/", "/actuator/health/")) {
            assertProblem(send(to(path).GET()), 404, "not-found");
            assertProblem(send(request(path).GET()), 404, "not-found");
            assertProblem(send(to(path).POST(BodyPublishers.noBody())), 404, "not-found");
        }
    }

    @Test
    void every_read_has_an_etag_and_answers_the_head() throws Exception {
        var list = send(request("/things").GET());
        var etag = list.headers().firstValue("ETag").orElseThrow();
        assertThat(etag).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(send(request("/things").header("If-None-Match", "W/" + etag).GET())
                        .statusCode())
                .isEqualTo(304);
        assertProblem(send(request("/things").header("If-Match", "W/" + etag).GET()), 412, "stale");
        var head = send(request("/things").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).contains(etag);
    }

    @Test
    void what_is_wrong_with_a_header_is_named_before_all_that_is_wrong_with_the_body() throws Exception {
        var answer = send(request("/things")
                .header("Idempotency-Key", "x".repeat(101))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\":\"\"}")));

        assertProblem(answer, 400, "invalid");
        assertThat(violations(answer)).containsOnlyKeys("Idempotency-Key");
        assertThat(violations(post("/things", "{\"title\":\"\"}"))).containsOnlyKeys("/title", "/due");
    }

    @Test
    void the_description_of_the_interface_tells_what_all_commands_have_in_common() throws Exception {
        var api = send(to("/v3/api-docs").GET()).body();

        assertThat(JsonPath.<String>read(api, "$.openapi")).startsWith("3.1");
        assertThat(JsonPath.<List<String>>read(api, "$.paths['/things'].post.parameters[*].name"))
                .containsExactlyInAnyOrder("Idempotency-Key", "If-Match", "Koinon-Mandate");
        assertThat(JsonPath.<List<String>>read(api, "$.paths['/things'].get.parameters[*].name"))
                .containsExactlyInAnyOrder("after", "limit", "colour", "If-Match", "If-None-Match");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.paths['/things'].post.responses"))
                .containsOnlyKeys(
                        "200", "201", "400", "401", "403", "404", "406", "409", "412", "413", "415", "422", "429",
                        "503");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.components.schemas.Problem.properties"))
                .containsKeys("type", "violations");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.components.schemas.Money.properties"))
                .containsOnlyKeys("amount", "currency");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.components.schemas"))
                .doesNotContainKeys("Actor", "Command", "Wanted");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.paths")).doesNotContainKey("/error");
        assertThat(JsonPath.<String>read(api, "$.components.securitySchemes.token.scheme"))
                .isEqualTo("bearer");
    }

    private String trace(String sent) throws Exception {
        return JsonPath.read(
                send(request("/things/command").header("traceparent", sent).POST(BodyPublishers.noBody()))
                        .body(),
                "$.trace");
    }

    /// What the key of a request stands for, whenever it arrived.
    private String command(String key, String body) throws Exception {
        return JsonPath.<String>read(
                        send(request("/things/command")
                                        .header("Content-Type", "application/json")
                                        .header("Idempotency-Key", key)
                                        .POST(BodyPublishers.ofString(body)))
                                .body(),
                        "$.key")
                .replaceFirst(", arrived=-?[0-9]+", "");
    }

    private HttpResponse<String> put(String path, String ifMatch) throws Exception {
        var request = request(path).PUT(BodyPublishers.noBody());
        return send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }
}
