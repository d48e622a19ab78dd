package koinon.projects.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import koinon.projects.ForeignEvents;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@IntegrationTest(sharing = "calls and proposals")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public class CallsOverHttpTest {

    private static final String CALLS = "/api/v1/calls";

    @LocalServerPort
    private int port;

    private Api anyone;
    private Api secretariat;

    @BeforeEach
    void callers() {
        anyone = Api.at(port);
        secretariat = anyone.as(Tokens.person("amina").mandate("secretariat", "network"));
        ForeignEvents.fund("fund-a", "xm-dac-41304", "EUR");
        ForeignEvents.fund("fund-b", "sg-asean", "EUR");
        ForeignEvents.fund("fund-usd", "sg-asean", "USD");
    }

    /// A day, as an offset from today.
    public static String day(int fromToday) {
        return LocalDate.now(ZoneOffset.UTC).plusDays(fromToday).toString();
    }

    public static String terms() {
        return """
                {"title":"Crafts across borders","currency":"EUR",
                 "opens":{"local":"%sT00:00:00","zone":"Asia/Ho_Chi_Minh"},
                 "closes":{"local":"%sT17:00:00","zone":"Asia/Ho_Chi_Minh"},
                 "rules":[{"kind":"partners","min":2},{"kind":"countries","min":2},{"kind":"grant","max":100000},
                          {"kind":"overhead","max":0.3}],
                 "tranches":[{"id":"advance","share":0.5,"waitsFor":"in-force"},
                             {"id":"interim","share":0.3,"waitsFor":"milestones"},
                             {"id":"balance","share":0.2,"waitsFor":"completion"}],
                 "funds":[{"fund":"fund-a","share":0.7},{"fund":"fund-b","share":0.3}],
                 "themes":["crafts"],"sdgs":[8,11],"verifier":"secretariat","agreements":"all",
                 "thresholds":{"dueSoonDays":30,"atRiskDays":60}}""".formatted(day(-10), day(10));
    }

    private static String drafted(Api secretariat) {
        Api.Reply drafted = secretariat.post(CALLS, "{\"title\":\"Crafts\"}");
        assertThat(drafted.status()).isEqualTo(201);
        assertThat(drafted.header("Location")).isEqualTo(CALLS + "/" + drafted.text("/id"));
        return drafted.text("/id");
    }

    /// The id of an open call whose grants two funds share 70 to 30.
    public static String published(Api secretariat) {
        return published(secretariat, terms());
    }

    /// The id of an open call with these terms.
    public static String published(Api secretariat, String terms) {
        String id = drafted(secretariat);
        // The events of the funds arrive asynchronously.
        await().untilAsserted(() -> assertThat(secretariat
                        .with("If-Match", "\"1\"")
                        .put(CALLS + "/" + id + "/terms", terms)
                        .violations())
                .isEmpty());
        assertThat(secretariat.post(CALLS + "/" + id + "/publication", "{}").status())
                .isEqualTo(200);
        return id;
    }

    @Test
    void a_draft_is_the_secretariats_own_and_is_published_with_terms() {
        String id = drafted(secretariat);
        String path = CALLS + "/" + id;
        Api hanoi = anyone.as(Tokens.person("ha").mandate("city-editor", "city/vn-hanoi"));

        assertThat(anyone.get(path).status()).isEqualTo(404);
        assertThat(anyone.get(CALLS + "?limit=200").body().toString()).doesNotContain(id);
        assertThat(secretariat.get(path).text("/state")).isEqualTo("DRAFT");
        assertThat(secretariat.get(CALLS + "?limit=200&state=DRAFT").body().toString())
                .contains(id);
        assertThat(hanoi.post(CALLS, "{\"title\":\"x\"}").status()).isEqualTo(403);
        assertThat(anyone.post(CALLS, "{\"title\":\"x\"}").status()).isEqualTo(401);
        assertThat(hanoi.post(path + "/publication", "{}").status()).isEqualTo(404);
        assertThat(secretariat.post(path + "/publication", "{}").text("/type")).isEqualTo("/problems/no-terms");
        assertThat(secretariat.put(path + "/terms", terms()).status()).isEqualTo(428);
        assertThat(secretariat
                        .with("If-Match", "\"9\"")
                        .put(path + "/terms", terms())
                        .status())
                .isEqualTo(412);
    }

    @Test
    void what_is_published_is_public_frozen_and_open() {
        String id = published(secretariat);
        Api.Reply read = anyone.get(CALLS + "/" + id);

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text("/terms/rules/3/max")).isEqualTo("0.3");
        assertThat(read.body().at("/callVersion").asInt()).isEqualTo(1);
        assertThat(anyone.get(CALLS + "?limit=200&state=PUBLISHED").body().toString())
                .contains(id)
                .contains("\"open\":true");
        assertThat(secretariat
                        .with("If-Match", "*")
                        .put(CALLS + "/" + id + "/terms", terms())
                        .status())
                .isEqualTo(409);
        assertThat(secretariat.post(CALLS + "/" + id + "/decision", "{}").text("/type"))
                .isEqualTo("/problems/call-not-closed");
    }

    @Test
    void a_call_is_cancelled_with_a_reason_only() {
        String path = CALLS + "/" + published(secretariat);

        assertThat(secretariat.post(path + "/cancellation", "{}").violations()).hasSize(1);
        assertThat(secretariat
                        .post(path + "/cancellation", "{\"reason\":\"No money.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(anyone.get(path).text("/state")).isEqualTo("CANCELLED");
        assertThat(anyone.get(path).text("/reason")).isEqualTo("No money.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"partners\",\"min\":2        | \"partners\",\"min\":\"two\"     | /rules/0/min",
                "\"kind\":\"partners\"         | \"kind\":\"astrology\"          | /rules/0/kind",
                "\"kind\":\"partners\",\"min\":2 | \"min\":\"two\",\"kind\":\"partners\" | /rules/0/min",
                "\"kind\":\"partners\",        | ``                              | /rules/0/kind",
                "\"kind\":\"partners\"         | \"kind\":3                      | /rules/0/kind",
                "\"partners\",\"min\":2        | \"partners\",\"min\":1.5         | /rules/0/min",
                "\"partners\",\"min\":2        | \"partners\",\"min\":2,\"colour\":\"red\" | /rules/0/colour",
                "\"partners\",\"min\":2        | \"partners\",\"min\":-1          | /rules/0",
                "\"partners\",\"min\":2        | \"fields\",\"admitted\":[1]      | /rules/0/admitted/0",
                "\"partners\",\"min\":2        | \"lead\",\"countries\":[\"VN\",\"vn\"] | /rules/0/countries/1",
                "\"overhead\",\"max\":0.3      | \"overhead\"                    | /rules/3/max",
                "\"overhead\",\"max\":0.3      | \"overhead\",\"max\":\"half\"     | /rules/3/max",
                "\"overhead\",\"max\":0.3      | \"overhead\",\"max\":\"1.01\"     | /rules/3",
                "\"max\":0.3                   | \"max\":1e999999999             | /rules/3/max",
                "\"currency\":\"EUR\"          | \"currency\":\"XQZ\"            | /currency",
                "\"fund\":\"fund-a\"           | \"fund\":\"fund-x\"             | /funds/0/fund",
                "\"fund\":\"fund-a\"           | \"fund\":\"fund-usd\"           | /funds/0/fund",
                "\"share\":0.7                 | \"share\":0.6                   | /funds",
                "\"waitsFor\":\"completion\"   | \"waitsFor\":\"luck\"           | /tranches/2/waitsFor",
                "\"verifier\":\"secretariat\"  | \"verifier\":5                  | /verifier",
                "\"verifier\"                  | \"colour\":1,\"verifier\"       | /colour"
            })
    void terms_that_are_wrong_are_refused_where_they_are_wrong(String right, String wrong, String pointer) {
        String id = drafted(secretariat);
        await().untilAsserted(() -> assertThat(secretariat
                        .with("If-Match", "*")
                        .put(CALLS + "/" + id + "/terms", terms())
                        .status())
                .isEqualTo(200));
        String before = secretariat.get(CALLS + "/" + id).header("ETag");

        Api.Reply refused =
                secretariat.with("If-Match", "*").put(CALLS + "/" + id + "/terms", terms().replace(right, wrong));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .contains(pointer);
        assertThat(secretariat.get(CALLS + "/" + id).header("ETag")).isEqualTo(before);
    }

    @Test
    void a_call_that_is_sent_again_with_its_key_is_one_call() {
        Api keyed = secretariat.with("Idempotency-Key", UUID.randomUUID().toString());

        assertThat(keyed.post(CALLS, "{\"title\":\"One\"}").text("/id"))
                .isEqualTo(keyed.post(CALLS, "{\"title\":\"One\"}").text("/id"));
        assertThat(keyed.post(CALLS, "{\"title\":\"Two\"}").status()).isEqualTo(422);
    }
}
