package koinon.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The routes in front of a stub for all services.
@Import(GatewayFixture.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            // Nothing listens there; the routes need no broker.
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "resilience4j.bulkhead.instances.projects.max-concurrent-calls=4",
            "resilience4j.bulkhead.instances.projects.max-wait-duration=0",
            // What a test holds is not given up meanwhile.
            "resilience4j.timelimiter.instances.projects.timeout-duration=20s"
        })
@Tag("parts")
class RoutingTest {

    private static final HttpServer STUB = stub();
    private static final List<String> ARRIVED = new CopyOnWriteArrayList<>();
    private static final Map<String, String> HEADERS = new ConcurrentHashMap<>();
    private static volatile CountDownLatch held = new CountDownLatch(0);

    @LocalServerPort
    private int port;

    @Autowired
    private CircuitBreakerRegistry breakers;

    private Api api;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        String stub = "http://127.0.0.1:" + STUB.getAddress().getPort();
        properties.add("koinon.identity.issuer", Tokens::issuer);
        properties.add("koinon.services.cities", () -> stub);
        properties.add("koinon.services.projects", () -> stub);
        properties.add("koinon.services.funding", () -> "http://127.0.0.1:" + nobodysPort());
    }

    @BeforeEach
    void fresh() {
        api = Api.at(port).as(Tokens.person("anna").mandate("city-editor", "city/vn-hanoi"));
        breakers.getAllCircuitBreakers().forEach(it -> it.reset());
        ARRIVED.clear();
        HEADERS.clear();
        held = new CountDownLatch(0);
    }

    @Test
    void a_request_and_its_answer_pass_with_path_query_body_and_headers() {
        var reply = api.with("Idempotency-Key", "k1")
                .with("If-Match", "\"3\"")
                .with("Koinon-Mandate", "anna-1")
                .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .post("/api/v1/proposals/p1/submission?x=%C3%A0&y=1%202", "{\"a\":1}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("ETag")).isEqualTo("\"7\"");
        assertThat(reply.header("Koinon-Position")).isEqualTo("proposal/p1/7");
        assertThat(reply.header("Location")).isEqualTo("/api/v1/proposals/p1");
        assertThat(ARRIVED).containsExactly("POST /api/v1/proposals/p1/submission?x=%C3%A0&y=1%202 {\"a\":1}");
        assertThat(HEADERS)
                .containsEntry("idempotency-key", "k1")
                .containsEntry("if-match", "\"3\"")
                .containsEntry("koinon-mandate", "anna-1")
                .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(HEADERS.get("authorization")).startsWith("Bearer ");
    }

    @Test
    void a_request_without_a_trace_begins_one_at_the_door() {
        api.post("/api/v1/proposals/p1/submission", "{}");
        assertThat(HEADERS.get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void what_a_service_refuses_is_passed_on_as_it_is() {
        var reply = api.post("/api/v1/cities?answer=409", "{}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text("/type")).isEqualTo("/problems/stub");
        assertThat(api.get("/api/v1/cities?answer=503").text("/type")).isEqualTo("/problems/stub");
        assertThat(ARRIVED).hasSize(2);
    }

    @Test
    void a_query_that_is_none_is_refused_and_says_nothing_about_the_service() throws IOException {
        for (int n = 0; n < 20; n++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream()
                        .write("GET /api/v1/cities?after=%%% HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                                .getBytes(UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 400")
                        .contains("/problems/invalid");
            }
        }
        assertThat(ARRIVED).isEmpty();
        assertThat(api.get("/api/v1/cities").status()).isEqualTo(200);
    }

    @Test
    void a_refused_connection_is_an_honest_503() {
        var read = api.get("/api/v1/funds");
        assertThat(read.status()).isEqualTo(503);
        assertThat(read.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(read.header("Retry-After")).isNotEmpty();
        assertThat(read.text("/reason")).isEqualTo("away");
        assertThat(read.text("/instance")).isEqualTo("/api/v1/funds");
        var write = api.post("/api/v1/funds", "{}");
        assertThat(write.status()).isEqualTo(503);
        assertThat(write.text("/detail")).contains("Nothing was changed").contains("Idempotency-Key");
    }

    @Test
    void a_service_that_is_too_slow_is_answered_for_within_two_seconds_and_a_post_is_not_repeated() {
        held = new CountDownLatch(1);
        long start = System.nanoTime();
        var reply = api.post("/api/v1/cities", "{}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Patience.latest(Duration.ofSeconds(2)));
        held.countDown();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text("/reason")).isEqualTo("slow");
        assertThat(reply.text("/detail")).contains("unknown").contains("same Idempotency-Key");
        assertThat(reply.header("Retry-After")).isNotEmpty();
        assertThat(ARRIVED).hasSize(1);
    }

    @Test
    void a_broken_connection_is_tried_again_for_a_read_and_never_for_a_post() {
        assertThat(api.get("/api/v1/cities?break=once").status()).isEqualTo(200);
        assertThat(ARRIVED).hasSizeGreaterThan(1);
        ARRIVED.clear();
        var post = api.post("/api/v1/cities?break=always", "{}");
        assertThat(post.status()).isEqualTo(503);
        assertThat(post.text("/reason")).isEqualTo("broken");
        assertThat(post.text("/detail")).contains("unknown");
        assertThat(ARRIVED).hasSize(1);
    }

    @Test
    void an_answer_that_breaks_off_is_asked_for_again_for_a_read_and_never_for_a_post() {
        var read = api.get("/api/v1/cities?cut=once");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text("/openapi")).isEqualTo("3.1.0");
        assertThat(ARRIVED).hasSize(2);
        ARRIVED.clear();
        var lost = api.get("/api/v1/cities?cut=always");
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.text("/reason")).isEqualTo("broken");
        assertThat(lost.header("Retry-After")).isNotEmpty();
        ARRIVED.clear();
        var post = api.post("/api/v1/cities?cut=always", "{}");
        assertThat(post.status()).isEqualTo(503);
        assertThat(post.text("/detail")).contains("unknown").contains("same Idempotency-Key");
        assertThat(ARRIVED).hasSize(1);
    }

    @Test
    void a_service_that_stands_still_in_the_middle_of_its_answer_is_answered_for_within_two_seconds() {
        held = new CountDownLatch(1);
        long start = System.nanoTime();
        var reply = api.get("/api/v1/cities?half");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Patience.latest(Duration.ofSeconds(2)));
        held.countDown();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text("/reason")).isEqualTo("slow");
    }

    @Test
    void more_than_the_bulkhead_takes_are_turned_away_at_once() throws Exception {
        held = new CountDownLatch(1);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Api one = known(i);
                replies.add(clients.submit(() -> one.get("/api/v1/calls")));
            }
            Api another = known(4);
            await().until(() -> ARRIVED.size() == 4);
            long start = System.nanoTime();
            var refused = another.get("/api/v1/calls");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Patience.latest(Duration.ofMillis(700)));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("/reason")).isEqualTo("busy");
            held.countDown();
            for (var it : replies) assertThat(it.get().status()).isEqualTo(200);
        }
    }

    @Test
    void one_caller_takes_no_more_of_the_bulkhead_than_a_share() throws Exception {
        held = new CountDownLatch(1);
        Api greedy = known(0);
        Api other = known(1);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = clients.submit(() -> greedy.get("/api/v1/calls"));
            await().until(() -> ARRIVED.size() == 1);
            var second = greedy.get("/api/v1/calls");
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.text("/reason")).isEqualTo("share");
            assertThat(second.header("Retry-After")).isNotEmpty();
            var others = clients.submit(() -> other.get("/api/v1/calls"));
            await().until(() -> ARRIVED.size() == 2);
            held.countDown();
            assertThat(first.get().status()).isEqualTo(200);
            assertThat(others.get().status()).isEqualTo(200);
        }
        assertThat(greedy.get("/api/v1/calls").status()).isEqualTo(200);
    }

    /// A person whose token the gateway has just verified.
    private Api known(int number) {
        Api person = Api.at(port).as(Tokens.person("person-" + number));
        person.get("/api/v1/nothing");
        return person;
    }

    @Test
    void a_service_that_keeps_failing_is_left_alone_and_tried_again_later() {
        for (int i = 0; i < 10; i++) api.post("/api/v1/cities?break=always", "{}");
        ARRIVED.clear();
        var reply = api.post("/api/v1/cities", "{}");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text("/reason")).isEqualTo("left-alone");
        assertThat(ARRIVED).isEmpty();
        await().until(() -> api.post("/api/v1/cities", "{}").status() == 201);
    }

    @Test
    void an_import_may_take_longer_and_be_larger() throws InterruptedException {
        held = new CountDownLatch(1);
        try (var later = Executors.newSingleThreadScheduledExecutor()) {
            var _ = later.schedule(() -> held.countDown(), 2500, TimeUnit.MILLISECONDS);
            assertThat(api.sending("text/csv")
                            .post("/api/v1/cities/imports", "x".repeat(400_000))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void no_body_is_larger_than_the_limit() {
        assertThat(api.post("/api/v1/cities", "x".repeat(3_000_000)).status()).isEqualTo(413);
        assertThat(ARRIVED).isEmpty();
    }

    @Test
    void who_has_no_token_may_read_and_nothing_else() {
        assertThat(Api.at(port).get("/api/v1/cities").status()).isEqualTo(200);
        assertThat(Api.at(port).post("/api/v1/cities", "{}").status()).isEqualTo(401);
        assertThat(Api.at(port).get("/unavailable").status()).isIn(401, 404);
        assertThat(api.get("/unavailable").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void the_status_says_that_it_is_not_ready_until_the_topics_have_been_read() {
        var reply = api.get("/api/v1/status/projects");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text("/type")).isEqualTo("/problems/reading");
        assertThat(reply.header("Retry-After")).isNotEmpty();
        assertThat(api.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(api.get("/actuator/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void one_page_describes_all_interfaces() {
        assertThat(Api.at(port).get("/api-docs/cities").status()).isEqualTo(200);
        assertThat(ARRIVED).containsExactly("GET /v3/api-docs ");
        assertThat(Api.at(port).get("/v3/api-docs").text("/openapi")).startsWith("3.1");
        assertThat(Api.at(port).get("/v3/api-docs").body().path("paths").has("/api/v1/status/projects/{id}"))
                .isTrue();
        assertThat(Api.at(port).get("/v3/api-docs/swagger-config").response().body())
                .contains("/api-docs/cities", "/api-docs/projects", "/api-docs/funding", "/v3/api-docs");
        assertThat(Api.at(port).get("/swagger-ui/index.html").status()).isEqualTo(200);
    }

    private static HttpServer stub() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", RoutingTest::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        boolean first = ARRIVED.isEmpty();
        ARRIVED.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + (body.length() > 100 ? body.length() : body));
        exchange.getRequestHeaders()
                .forEach((name, values) -> HEADERS.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        if (query.contains("break=always") || (query.contains("break=once") && first)) {
            exchange.close();
            return;
        }
        boolean half = query.contains("half");
        if (!half) awaitHeld();
        boolean post = exchange.getRequestMethod().equals("POST");
        int status = query.contains("answer=") ? Integer.parseInt(query.replaceAll(".*answer=", "")) : post ? 201 : 200;
        exchange.getResponseHeaders()
                .set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.getResponseHeaders().set("ETag", "\"7\"");
        exchange.getResponseHeaders().set("Koinon-Position", "proposal/p1/7");
        exchange.getResponseHeaders().set("Location", "/api/v1/proposals/p1");
        byte[] answer = (status < 400 ? "{\"openapi\":\"3.1.0\"}" : "{\"type\":\"/problems/stub\"}").getBytes(UTF_8);
        boolean cut = query.contains("cut=always") || (query.contains("cut=once") && first);
        exchange.sendResponseHeaders(status, cut ? answer.length + 1 : answer.length);
        exchange.getResponseBody().write(answer, 0, 5);
        exchange.getResponseBody().flush();
        if (half) awaitHeld();
        exchange.getResponseBody().write(answer, 5, answer.length - 5);
        exchange.close();
    }

    private static void awaitHeld() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int nobodysPort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
