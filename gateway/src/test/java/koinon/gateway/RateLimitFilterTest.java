package koinon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Import(GatewayFixture.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "koinon.limits.per-second=20",
            "koinon.connections.trusted-proxies=127.0.0.0/8",
            "spring.kafka.bootstrap-servers=127.0.0.1:1"
        })
@Tag("parts")
class RateLimitFilterTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        properties.add("koinon.identity.issuer", Tokens::issuer);
    }

    @Test
    void who_asks_too_often_is_told_to_wait_and_others_are_not() {
        Api busy = Api.at(port).as(Tokens.person("busy"));
        Api calm = Api.at(port).as(Tokens.person("calm"));
        await().untilAsserted(() -> {
            var refused = IntStream.range(0, 60)
                    .mapToObj(_ -> busy.get("/api/v1/status/projects"))
                    .filter(it -> it.status() == 429)
                    .findFirst();
            assertThat(refused).isPresent();
            assertThat(refused.get().text("/type")).isEqualTo("/problems/too-many-requests");
            assertThat(refused.get().header("Retry-After")).isEqualTo("1");
            assertThat(refused.get().header("RateLimit-Policy")).isEqualTo("\"caller\";q=20;w=1");
            assertThat(refused.get().header("RateLimit")).isEqualTo("\"caller\";r=0;t=1");
        });
        assertThat(calm.get("/api/v1/status/projects").status()).isNotEqualTo(429);
    }

    @Test
    void every_answer_says_how_much_is_left() {
        Api mild = Api.at(port).as(Tokens.person("mild"));
        for (Api.Reply reply : List.of(
                mild.get("/api/v1/status/projects"),
                mild.get("/api/v1/nothing"),
                mild.get("/api/v1/status/projects?limit=%00"),
                mild.post("/api/v1/cities", "x".repeat(3_000_000)))) {
            assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"caller\";q=20;w=1");
            assertThat(reply.header("RateLimit")).matches("\"caller\";r=1?[0-9];t=1");
        }
    }

    @Test
    void wrong_tokens_count_for_whoever_sends_them() {
        Api wrong = Api.at(port).with("X-Forwarded-For", "192.0.2.1");
        await().untilAsserted(() -> assertThat(IntStream.range(0, 60)
                        .mapToObj(it -> wrong.with("Authorization", "Bearer wrong-" + it)
                                .get("/api/v1/nothing"))
                        .map(Api.Reply::status))
                .contains(401, 429)
                .containsOnly(401, 429));
        // A caller with a verified token has its own quota, also from another address.
        Api known = Api.at(port).as(Tokens.person("known")).with("X-Forwarded-For", "192.0.2.1");
        assertThat(Api.at(port)
                        .as(Tokens.person("known"))
                        .with("X-Forwarded-For", "192.0.2.2")
                        .get("/api/v1/nothing")
                        .status())
                .isEqualTo(404);
        assertThat(known.get("/api/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void behind_a_trusted_proxy_the_caller_is_the_one_who_is_forwarded() {
        Api behind = Api.at(port).with("X-Forwarded-For", "198.51.100.7, 192.0.2.9");
        Api other = Api.at(port).with("X-Forwarded-For", "192.0.2.10");
        await().untilAsserted(() -> assertThat(IntStream.range(0, 60)
                        .mapToObj(_ -> behind.get("/api/v1/nothing").status()))
                .contains(429));
        assertThat(other.get("/api/v1/nothing").status()).isEqualTo(404);
    }
}
