package koinon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The fast path answers the same as the controller; a query, which has no effect here, forces the controller.
class StatusFastPathFilterTest extends OverHttp {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Autowired
    private MeterRegistry meters;

    private final String id = UUID.randomUUID().toString();
    private final Tokens.Person auditor = Tokens.person("alma").mandate("auditor", "network");
    private final Tokens.Person partner = Tokens.person("anna").mandate("city-editor", "city/th-bangkok");

    @BeforeEach
    void ready() {
        await().until(() -> Api.at(port()).get("/actuator/health/readiness").status() == 200);
        GatewayFixture.publish(
                EventStories.none()
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
                URI.create("http://127.0.0.1:" + port() + "/api/v1/status/projects/" + id + query));
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
            var usual = send("?&", token, "");
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
        var usual = send("?&", "", etag);
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
                .isEqualTo(send("?&", "Basic abc", "").statusCode());
    }

    @Test
    void a_caller_who_says_twice_who_they_are_is_refused_both_ways() throws Exception {
        send("", auditor.bearer(), "");
        for (String query : List.of("", "?&")) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port() + "/api/v1/status/projects/" + id + query))
                    .header("Authorization", auditor.bearer())
                    .header("Authorization", partner.bearer());
            assertThat(HTTP.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void both_ways_count_in_the_same_meter() throws Exception {
        // A request is counted after its answer, so one of before may still come; ten of a kind tell that from a loss.
        long before = requests();
        for (int i = 0; i < 10; i++) {
            send("", "", "");
            send("?&", "", "");
        }
        await().untilAsserted(() -> assertThat(requests()).isBetween(before + 20, before + 22));
    }
}
