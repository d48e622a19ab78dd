package koinon.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Two replicas of one service, each a stub that can be frozen or stopped.
@Import(GatewayFixture.class)
@DirtiesContext
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        // Nothing listens there; the routes need no broker.
        properties = "spring.kafka.bootstrap-servers=127.0.0.1:1")
@Tag("parts")
class ReplicaSetTest {

    private static final Stub ONE = new Stub();
    private static final Stub OTHER = new Stub();

    @LocalServerPort
    private int port;

    private Api api;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        properties.add("koinon.identity.issuer", Tokens::issuer);
        properties.add("koinon.services.cities", () -> ONE.address() + "," + OTHER.address());
    }

    @BeforeEach
    void fresh() {
        api = Api.at(port).as(Tokens.person("anna").mandate("city-editor", "city/vn-hanoi"));
        ONE.come();
        OTHER.come();
        // Both replicas have been probed as alive.
        await().untilAsserted(() -> {
            ONE.arrived.clear();
            OTHER.arrived.clear();
            IntStream.range(0, 20).forEach(_ -> api.get("/api/v1/cities"));
            assertThat(ONE.arrived).isNotEmpty();
            assertThat(OTHER.arrived).isNotEmpty();
        });
    }

    @AfterEach
    void thaw() {
        ONE.thaw();
        OTHER.thaw();
    }

    @Test
    void both_copies_are_asked() {
        IntStream.range(0, 100).forEach(_ -> api.get("/api/v1/cities"));
        assertThat(ONE.arrived).hasSizeGreaterThan(20);
        assertThat(OTHER.arrived).hasSizeGreaterThan(20);
    }

    @Test
    void nobody_notices_that_a_copy_has_gone() {
        ONE.go();
        for (int i = 0; i < 50; i++) {
            assertThat(api.post("/api/v1/cities", "{\"number\":" + i + "}").status())
                    .isEqualTo(201);
            assertThat(api.get("/api/v1/cities").status()).isEqualTo(200);
        }
        assertThat(OTHER.arrived.stream().filter(it -> it.startsWith("POST")))
                .as("each with its body, once")
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50)
                        .mapToObj(it -> "POST {\"number\":" + it + "}")
                        .toList());
    }

    @Test
    void a_frozen_copy_costs_a_few_requests_a_503_and_the_breaker_stays_closed_for_all_others() throws Exception {
        ONE.freeze();
        List<Future<Api.Reply>> replies = new ArrayList<>();
        long start = System.nanoTime();
        try (var clients = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 400; i++) replies.add(clients.submit(() -> api.post("/api/v1/cities", "{}")));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Patience.latest(Duration.ofSeconds(6)));
        int refused = 0;
        for (var it : replies) {
            if (it.get().status() == 201) continue;
            assertThat(it.get().status()).isEqualTo(503);
            assertThat(it.get().text("/reason")).isEqualTo("slow");
            assertThat(it.get().header("Retry-After")).isNotEmpty();
            refused++;
        }
        assertThat(refused).isBetween(1, 8);
    }

    /// A service that answers everything unless it is frozen or stopped.
    private static final class Stub {

        private final List<String> arrived = new CopyOnWriteArrayList<>();
        private final int port;
        private volatile CountDownLatch frozen = new CountDownLatch(0);
        private HttpServer server;

        Stub() {
            server = open(0);
            port = server.getAddress().getPort();
        }

        String address() {
            return "http://127.0.0.1:" + port;
        }

        void go() {
            server.stop(0);
        }

        void come() {
            server.stop(0);
            server = open(port);
        }

        void freeze() {
            frozen = new CountDownLatch(1);
        }

        void thaw() {
            frozen.countDown();
        }

        private HttpServer open(int at) {
            try {
                var opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
                opened.createContext("/", this::answer);
                opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
                opened.start();
                return opened;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void answer(HttpExchange exchange) throws IOException {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!exchange.getRequestURI().getPath().startsWith("/actuator"))
                arrived.add(exchange.getRequestMethod() + " " + body);
            try {
                frozen.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] answer = "{}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 201 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }
    }
}
