package koinon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import koinon.testing.Api;
import koinon.testing.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The short way answers what the usual way answers; a query, which changes nothing here, takes the usual one.
@Tag("parts")
@Import(Running.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ReadyStatusTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    private final String id = UUID.randomUUID().toString();
    private final Tokens.Person auditor = Tokens.person("alma").mandate("auditor", "network");
    private final Tokens.Person partner = Tokens.person("anna").mandate("city-editor", "city/th-bangkok");

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        Running.properties(properties);
    }

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Api.at(port).get("/actuator/health/readiness").status() == 200);
        Running.publish(
                Happenings.none()
                        .cities()
                        .call()
                        .draft()
                        .partners()
                        .committed()
                        .submitted()
                        .eligible()
                        .selected()
                        .reserved()
                        .approved(),
                id);
        await().until(() -> send("?atLeast=project/" + id + "/1", "", "").statusCode() == 200);
    }

    private HttpResponse<String> send(String query, String token, String etag) throws Exception {
        var request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/v1/status/projects/" + id + query));
        if (!token.isEmpty()) request.header("Authorization", token);
        if (!etag.isEmpty()) request.header("If-None-Match", etag);
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static Map<String, List<String>> headers(HttpResponse<String> of) {
        var headers = new TreeMap<>(of.headers().map());
        headers.keySet().removeAll(List.of("date", "koinon-as-of", "ratelimit"));
        return headers;
    }

    private long requests() {
        return meters.find("http.server.requests").tag("uri", "/api/v1/status/projects/{id}").timers().stream()
                .mapToLong(it -> it.count())
                .sum();
    }

    @Test
    void the_answer_is_the_same_to_the_last_header_whoever_asks() throws Exception {
        for (String token : List.of("", auditor.bearer(), partner.bearer())) {
            var usual = send("?usual", token, "");
            var ready = send("", token, "");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).isEqualTo(usual.body());
            assertThat(headers(ready)).isEqualTo(headers(usual));
            assertThat(ready.headers().firstValue("Koinon-As-Of")).isPresent();
        }
    }

    @Test
    void what_the_caller_has_already_is_not_sent_again() throws Exception {
        var etag = send("", "", "").headers().firstValue("ETag").orElseThrow();
        var usual = send("?usual", "", etag);
        var ready = send("", "", etag);
        assertThat(ready.statusCode()).isEqualTo(304);
        assertThat(headers(ready)).isEqualTo(headers(usual));
    }

    @Test
    void each_caller_is_shown_what_their_token_allows_although_it_is_remembered() throws Exception {
        var seen = send("", auditor.bearer(), "").body();
        assertThat(send("", auditor.bearer(), "").body()).isEqualTo(seen);
        assertThat(send("", "", "").body()).isNotEqualTo(seen);
        assertThat(send("", "Bearer nonsense", "").statusCode()).isEqualTo(401);
        assertThat(send("", "Basic abc", "").statusCode())
                .isEqualTo(send("?usual", "Basic abc", "").statusCode());
    }

    @Test
    void both_ways_count_in_the_same_meter() throws Exception {
        long before = requests();
        send("", "", "");
        send("?usual", "", "");
        await().untilAsserted(() -> assertThat(requests()).isEqualTo(before + 2));
    }
}
