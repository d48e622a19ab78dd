package koinon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import koinon.testing.http.Api;
import koinon.testing.http.RawHttpClient;
import koinon.testing.http.RawHttpClient.Answer;
import koinon.testing.http.RawHttpClient.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the page of another site may do in a browser.
class CrossOriginTest extends OverHttp {

    private static final String ORIGIN = "Origin: https://city.example";

    @BeforeEach
    void ready() {
        await().until(() -> Api.at(port()).get("/actuator/health/readiness").status() == 200);
    }

    private Answer send(Request request) {
        return new RawHttpClient(port()).send(request.with(ORIGIN));
    }

    private Answer preflight(String path, String method) {
        return send(Request.of("OPTIONS", path).with("Access-Control-Request-Method: " + method));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/status/projects",
                "/api/v1/status/projects/nobody",
                "/api/v1/status/projects?funders=x",
                "/api/v1/status/summary",
                "/api/v1/status/stream",
                "/api/v1/cities",
                "/api/v1/nowhere",
                "/api/v1/status/projects/",
                "/v3/api-docs"
            })
    void it_may_read_what_is_public_and_why_it_was_refused(String path) {
        for (String method : new String[] {"GET", "HEAD"}) {
            Answer answer = send(Request.of(method, path));
            assertThat(answer.header("access-control-allow-origin")).as(method).isEqualTo("*");
            assertThat(answer.header("access-control-expose-headers")).contains("ETag", "Koinon-As-Of", "Retry-After");
            assertThat(answer.header("access-control-allow-credentials")).isEmpty();
            assertThat(preflight(path, method))
                    .returns(204, Answer::status)
                    .returns("*", it -> it.header("access-control-allow-origin"))
                    .returns("GET, HEAD", it -> it.header("access-control-allow-methods"))
                    .satisfies(it -> assertThat(it.header("access-control-allow-headers"))
                            .contains("If-None-Match", "Last-Event-ID")
                            .doesNotContainIgnoringCase("authorization"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/proposals, POST",
        "/api/v1/cities, POST",
        "/api/v1/funds/f/set-asides/c, PUT",
        "/api/v1/me/sessions, DELETE",
        "/logout, POST",
        "/login, GET",
        "/operations/rebuild, GET",
        "/actuator/health, GET"
    })
    void it_may_change_nothing_and_read_nothing_else(String path, String method) {
        assertThat(preflight(path, method))
                .returns(403, Answer::status)
                .returns("", it -> it.header("access-control-allow-origin"))
                .satisfies(it -> assertThat(it.body()).contains("/problems/cross-origin"));
        assertThat(send(Request.of(method, path)).header("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void a_cache_need_not_tell_the_callers_apart() {
        Request request = Request.of("GET", "/api/v1/status/summary");
        Answer own = new RawHttpClient(port()).send(request);
        assertThat(own.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(own.header("vary")).doesNotContain("Origin");
    }
}
