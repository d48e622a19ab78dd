package koinon.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import koinon.testing.http.Tokens;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Sends malformed requests through every route to a service that answers everything: each ten times, which would
/// open a circuit breaker, then a correct one.
@Import(GatewayFixture.class)
@DirtiesContext
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.kafka.bootstrap-servers=127.0.0.1:1")
@Tag("parts")
class MalformedRequestsTest {

    private static final List<String> ROUTES = List.of(
            "GET /api/v1/cities",
            "POST /api/v1/cities/imports",
            "GET /api/v1/calls",
            "GET /api/v1/proposals/p1",
            "GET /api/v1/funds",
            "GET /api-docs/cities");

    private static final HttpServer STUB = stub();

    /// Queries, path suffixes, methods (with a trailing blank) and headers that are malformed or harmless.
    private static final List<String> MALFORMED = List.of(
            "?=x",
            "?=",
            "?a=1&=2",
            "?%01=1",
            "?a=%01",
            "?a=%0d%0a",
            "?a=%7f",
            "?%",
            "?%f",
            "?a=%zz",
            "?a=%ff",
            "?a=%C0%AF",
            "?a=%ED%A0%80",
            "?a=%00",
            "?a=[",
            "?a={b}",
            "?a=\\",
            "?a=^",
            "?a=\"",
            "?a=<b>",
            "?a=\u00e9",
            "?a=|",
            "?a=`",
            "?" + "a=1&".repeat(60),
            "?a=" + "x".repeat(9_000),
            "/%01",
            "/%00",
            "/%ff",
            "/%",
            "/%2e%2e",
            "/..;/x",
            "/a;b=c",
            "/%2f",
            "/%5c",
            "/[",
            "/{id}",
            "/\u00e9",
            "//",
            "/" + "x".repeat(20_000),
            "CONNECT ",
            "TRACE ",
            "FOO ",
            "get ",
            "G@T ",
            "Content-Type: nonsense",
            "Content-Type: a/b/c",
            "Content-Length: x",
            "Content-Length: -1",
            "Content-Length: 1\r\nContent-Length: 2",
            "Transfer-Encoding: nonsense",
            "Transfer-Encoding: chunked\r\nContent-Length: 3",
            "Accept: nonsense",
            "Accept: a/b/c;q=x",
            "Accept-Language: \u00ff",
            "Range: bytes=x",
            "If-Modified-Since: x",
            "If-None-Match: \"",
            "If-None-Match: \"\u00d0\u009a\"",
            "Koinon-Mandate: \u00d0\u009a",
            "Content-Type: \u00d0\u009a",
            "Last-Event-ID: \u00d0\u009a",
            "Upgrade: nonsense\r\nConnection: upgrade",
            "Expect: nonsense",
            "Host: a b",
            "Host: [",
            "Forwarded: for=[;host=\"",
            "X-Forwarded-Host: a b",
            "X-Forwarded-Port: x",
            "X-Forwarded-Proto: \u0001",
            "X-Forwarded-Prefix: ..",
            "X-A: \u0001",
            "X-A: \u007f",
            "X-A: \u00ff",
            "X A: b",
            ": b",
            "no header",
            "Authorization: Bearer x",
            "Authorization: Bearer",
            "traceparent: \u00ff",
            "Cookie: a=\u0001",
            "X-A: " + "x".repeat(15_800),
            "X-A: " + "x".repeat(30_000),
            "Connection: host",
            "Via: \u00ff");

    /// Those that are refused; the others are harmless and forwarded.
    private static final Set<String> REFUSED =
            Set.of("200", "304", "400", "401", "403", "404", "405", "406", "414", "415", "417", "431", "501");

    @LocalServerPort
    private int port;

    @Autowired
    private CircuitBreakerRegistry breakers;

    private final String bearer = Tokens.person("anna").bearer();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        String stub = "http://127.0.0.1:" + STUB.getAddress().getPort();
        properties.add("koinon.identity.issuer", Tokens::issuer);
        for (String service : List.of("cities", "projects", "funding"))
            properties.add("koinon.services." + service, () -> stub);
    }

    @TestFactory
    Stream<DynamicTest> what_a_caller_gets_wrong_never_counts_against_a_service() {
        return ROUTES.stream()
                .flatMap(route -> MALFORMED.stream()
                        .map(wrong -> DynamicTest.dynamicTest(
                                route.replaceAll(" .*/", " /") + ": " + wrong.replaceAll("\\p{Cntrl}", "?"),
                                () -> tenTimes(route, wrong))));
    }

    private void tenTimes(String route, String wrong) throws IOException {
        String request = wrong.startsWith("?") || wrong.startsWith("/")
                ? route + wrong + " HTTP/1.1\r\n"
                : wrong.endsWith(" ")
                        ? wrong + route.split(" ", 2)[1] + " HTTP/1.1\r\n"
                        : route + " HTTP/1.1\r\n" + wrong + "\r\n";
        // On a busy machine the liveness probe may be late, and the service is away for a moment.
        await().until(() -> good(route).startsWith("HTTP/1.1 200"));
        for (int n = 0; n < 10; n++) {
            String answer = raw(request + "Host: a\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("service-unavailable", "went wrong");
            assertThat(answer.substring(9, 12)).isIn(REFUSED);
        }
        assertThat(breakers.getAllCircuitBreakers()).allSatisfy(it -> {
            assertThat(it.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
            assertThat(it.getMetrics().getNumberOfFailedCalls()).isZero();
        });
        assertThat(good(route)).startsWith("HTTP/1.1 200");
    }

    private String good(String route) throws IOException {
        return raw(route + " HTTP/1.1\r\nHost: a\r\nAuthorization: " + bearer
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Patience.millis());
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", textBlock = """
            CONNECT a:80 HTTP/1.1|Host: a:80 -> 501
            CONNECT /api/v1/cities HTTP/1.1|Host: a -> 501
            FOO /api/v1/cities HTTP/1.1|Host: a -> 501
            PROPFIND /api/v1/status/projects HTTP/1.1|Host: a -> 501
            TRACE /api/v1/cities HTTP/1.1|Host: a -> 405
            GET -> 400
            GET / HTTP/9.9|Host: a -> 505
            GET /api/v1/cities HTTP/1.1 -> 400
            GET http://[ HTTP/1.1|Host: a -> 400
            GET /../x HTTP/1.1|Host: a -> 400
            GET /api/v1/cities;x HTTP/1.1|Host: a -> 400
            GET /error HTTP/1.1|Host: a -> 401
            POST /api/v1/cities HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked -> 501
            POST /api/v1/cities HTTP/1.1|Host: a|Content-Length: x -> 400
            GET /api/v1/status/projects/a HTTP/1.1|Host: a|If-None-Match: "\u00d0\u009a" -> 400
            POST /api/v1/cities HTTP/1.1|Host: a|Idempotency-Key: Nué-1 -> 400
            POST /api/v1/funds/a/envelope-increase HTTP/1.1|Host: a|Accept: text/html -> 406
            POST /operations/rebuild HTTP/1.1|Host: a|Accept: application/xml -> 406
            """)
    void what_is_no_request_is_refused_with_a_problem(String request, int status) throws IOException {
        assertThat(raw(request.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "\"type\":\"/problems/")
                .doesNotContain("internal", "went wrong");
    }

    @Test
    void a_request_without_a_version_is_refused_with_a_status() throws IOException {
        for (String path : List.of("/api/v1/cities", "/api/v1/status/projects", "/../x"))
            assertThat(raw("GET " + path + "\r\n")).startsWith("HTTP/1.1 505 ").contains("application/problem+json");
    }

    @Test
    void who_is_no_trusted_proxy_forwards_nobody() throws IOException {
        String request = "GET /api/v1/status/projects HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
        int before = left(raw(request + "\r\n"));
        assertThat(left(raw(request + "X-Forwarded-For: 192.0.2.1\r\nForwarded: for=192.0.2.1\r\n\r\n")))
                .isNotEqualTo(99_999)
                .isBetween(before - 1, 99_998);
    }

    private static int left(String answer) {
        return Integer.parseInt(answer.replaceAll("(?s).*\"caller\";r=(\\d+);.*", "$1"));
    }

    private static HttpServer stub() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
