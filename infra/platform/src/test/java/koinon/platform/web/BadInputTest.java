package koinon.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import koinon.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = Things.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:koinon-platform.yaml",
            "spring.application.name=things",
            "koinon.web.public=/things/open/**"
        })
class BadInputTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Tokens.Person ANNA =
            Tokens.person("anna").mandate("keeper", "house/1").mandate("keeper", "house/2");
    private static final String GOOD = "{\"title\":\"A thing\",\"due\":\"2026-05-01\"}";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void identity(DynamicPropertyRegistry properties) {
        properties.add("KOINON_IDENTITY_ISSUER", Tokens::issuer);
    }

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
                .containsEntry("/parts/1/more", "There is no such field here.")
                .containsEntry("/reference", "A UUID is expected.")
                .containsEntry("/extra", "There is no such field here.")
                .containsKeys("/parts/1/name")
                .anySatisfy((pointer, detail) -> {
                    assertThat(pointer).startsWith("/shape");
                    assertThat(detail).contains("round").contains("square");
                });
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
                "{\"amount\":\"1.00\",\"currency\":\"EURO\"}   | /price/currency",
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
    void who_has_no_valid_token_is_refused_with_a_challenge() throws Exception {
        var none = send(to("/things").GET());
        assertProblem(none, 401, "token-required");
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        for (var bad : List.of(
                ANNA.expired().bearer(),
                ANNA.foreign().bearer(),
                ANNA.from("http://elsewhere").bearer(),
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
        assertThat(send(request("/things/open/a").GET()).body()).contains(ANNA.subject());
        assertThat(send(to("/things/open/a").POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(401);
        assertThat(send(to("/actuator/health/readiness").GET()).statusCode()).isEqualTo(200);
        assertThat(send(to("/actuator/metrics").GET()).statusCode()).isEqualTo(401);
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
        assertProblem(put(path, "\"6\", \"7\""), 400, "invalid");
        assertThat(put(path, "\"7\"").statusCode()).isEqualTo(200);
        assertThat(put(path, "*").headers().firstValue("ETag")).contains("\"8\"");
    }

    @Test
    void who_has_read_it_already_is_told_so() throws Exception {
        var first = send(request("/things/open/a").GET());
        assertThat(first.headers().firstValue("ETag")).contains("\"7\"");
        assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
        var again =
                send(request("/things/open/a").header("If-None-Match", "\"7\"").GET());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send(request("/things/open/a")
                                .header("If-None-Match", "\"6\"")
                                .GET())
                        .statusCode())
                .isEqualTo(200);
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

    @Test
    void pages_follow_each_other_to_the_end_and_bad_places_are_refused() throws Exception {
        var first = send(request("/things").GET()).body();
        assertThat(JsonPath.<List<String>>read(first, "$.items")).hasSize(50).endsWith("049");
        var second = send(request("/things?limit=70&after=" + JsonPath.read(first, "$.next"))
                        .GET())
                .body();
        assertThat(JsonPath.<List<String>>read(second, "$.items")).hasSize(70).endsWith("119");
        assertThat(second).doesNotContain("next");
        for (var bad : List.of("limit=0", "limit=201", "limit=-1", "limit=many", "after=!", "after=_w", "colour=BLUE"))
            assertProblem(send(request("/things?" + bad).GET()), 400, "invalid");
    }

    @Test
    void the_description_of_the_interface_tells_what_all_commands_have_in_common() throws Exception {
        var api = send(to("/v3/api-docs").GET()).body();

        assertThat(JsonPath.<String>read(api, "$.openapi")).startsWith("3.1");
        assertThat(JsonPath.<List<String>>read(api, "$.paths['/things'].post.parameters[*].name"))
                .containsExactlyInAnyOrder("Idempotency-Key", "If-Match", "Koinon-Mandate");
        assertThat(JsonPath.<List<String>>read(api, "$.paths['/things'].get.parameters[*].name"))
                .containsExactlyInAnyOrder("after", "limit", "colour");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.paths['/things'].post.responses"))
                .containsOnlyKeys("200", "201", "default");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.components.schemas.Problem.properties"))
                .containsKeys("type", "violations");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.components.schemas.Money.properties"))
                .containsOnlyKeys("amount", "currency");
        assertThat(JsonPath.<Map<String, Object>>read(api, "$.components.schemas"))
                .doesNotContainKeys("By", "Command", "Wanted");
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

    private String command(String key, String body) throws Exception {
        return JsonPath.read(
                send(request("/things/command")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key)
                                .POST(BodyPublishers.ofString(body)))
                        .body(),
                "$.key");
    }

    private HttpResponse<String> put(String path, String ifMatch) throws Exception {
        var request = request(path).PUT(BodyPublishers.noBody());
        return send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return to(path).header("Authorization", ANNA.bearer());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, String> violations(HttpResponse<String> answer) {
        List<Map<String, String>> found = JsonPath.read(answer.body(), "$.violations");
        return found.stream()
                .collect(Collectors.toMap(it -> it.get("pointer"), it -> it.get("detail"), (first, _) -> first));
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String rule) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo("/problems/" + rule);
        assertThat(JsonPath.<Integer>read(answer.body(), "$.status")).isEqualTo(status);
        assertThat(JsonPath.<String>read(answer.body(), "$.detail")).isNotBlank();
    }
}
