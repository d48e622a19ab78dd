package koinon.funding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import koinon.testing.http.Api;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.time.Race;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A client that does not receive a response repeats its request; here fifty repetitions arrive at once.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class KeyRaceTest {

    private static final int TIMES = 50;

    @LocalServerPort
    private int port;

    private FundingScenario scene;

    @BeforeEach
    void scene() {
        scene = FundingScenario.at(port);
    }

    private List<String> atOnce(String path, String body) throws Exception {
        Api repeating = scene.officer.with("Idempotency-Key", UUID.randomUUID().toString());
        return Race.of(TIMES, _ -> {
            Api.Reply reply = repeating.post(path, body);
            return reply.status() + " " + reply.header("ETag") + " " + reply.header("Koinon-Position") + " "
                    + reply.header("Location") + " " + reply.response().body();
        });
    }

    @Test
    void one_key_raises_an_envelope_once_and_all_get_the_same_response() throws Exception {
        String fund = "/api/v1/funds/" + scene.emptyFund();

        List<String> answers = atOnce(
                fund + "/envelope-increase",
                "{\"amount\":{\"amount\":\"1000.00\",\"currency\":\"EUR\"},\"reason\":\"Budget of 2026.\"}");

        assertThat(answers.stream().distinct()).hasSize(1).first().asString().startsWith("200 \"2\" fund/");
        assertThat(scene.officer.get(fund).text("/envelope/amount")).isEqualTo("1000.00");
        assertThat(scene.officer.get(fund).version()).isEqualTo(2);
    }

    @Test
    void one_key_opens_one_fund_and_all_get_its_id() throws Exception {
        List<String> answers = atOnce(
                "/api/v1/funds",
                "{\"funder\":\"%s\",\"name\":\"A fund\",\"currency\":\"EUR\"}".formatted(scene.funder));

        assertThat(answers.stream().distinct()).hasSize(1).first().asString().startsWith("201 \"1\" fund/");
        assertThat(scene.officer
                        .get("/api/v1/funds?funder=" + scene.funder)
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }
}
