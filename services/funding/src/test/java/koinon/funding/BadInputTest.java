package koinon.funding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Invalid requests are rejected with the right status and every violation, and change nothing.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BadInputTest {

    @LocalServerPort
    private int port;

    private FundingScenario scene;

    @BeforeAll
    static void topic() {
        var _ = ForeignProjects.answering("none");
    }

    @BeforeEach
    void scene() {
        scene = FundingScenario.at(port);
    }

    @Test
    void a_funder_is_registered_once_with_everything_that_it_needs() {
        Api.Reply empty = scene.secretariat.post("/api/v1/funders", "{\"city\":\"vn-hanoi\"}");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.violations())
                .extracting(it -> it.split(" ", -1)[0])
                .containsExactlyInAnyOrder("/city", "/name", "/country", "/identifier");

        String body = "{\"name\":\"UNESCO\",\"country\":\"FR\",\"identifier\":\"XM-%s\"}".formatted(UUID.randomUUID());
        assertThat(scene.secretariat
                        .post("/api/v1/funders", body.replace("FR", "XX"))
                        .violations())
                .containsExactly("/country A country of ISO 3166-1 with two letters is expected.");
        assertThat(scene.officer.post("/api/v1/funders", body).status()).isEqualTo(403);
        assertThat(scene.secretariat.post("/api/v1/funders", body).status()).isEqualTo(201);
        Api.Reply again = scene.secretariat.post(
                "/api/v1/funders", body.toLowerCase(Locale.ROOT).replace("fr", "FR"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/type")).isEqualTo("/problems/already-exists");
    }

    @Test
    void funders_are_read_one_by_one_and_page_by_page() {
        assertThat(scene.officer.get("/api/v1/funders/" + scene.funder).text("/name"))
                .isEqualTo("UNESCO");
        assertThat(scene.officer.get("/api/v1/funders/nobody").status()).isEqualTo(404);
        Api.Reply page = scene.officer.get("/api/v1/funders?limit=1");
        assertThat(page.body().at("/items")).hasSize(1);
        assertThat(scene.officer.get("/api/v1/funders?limit=0").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"funder\":\"FUNDER\",\"name\":\"A\",\"currency\":\"EUX\"}                            | /currency",
                "{\"funder\":\"nobody\",\"name\":\"A\",\"currency\":\"EUR\"}                            | /funder",
                "{\"funder\":\"FUNDER\",\"name\":\" \",\"currency\":\"EUR\"}                            | /name",
                "{\"funder\":\"FUNDER\",\"name\":\"A\"}                                                 | /currency",
                "{\"funder\":\"FUNDER\",\"name\":\"A\",\"currency\":\"EUR\",\"ownCity\":\"Hà Nội\"}     | /ownCity",
                "{\"funder\":\"FUNDER\",\"name\":5,\"currency\":\"EUR\"}                                | /name"
            })
    void a_fund_that_cannot_be_is_not_opened(String body, String pointer) {
        Api.Reply reply = scene.officer.post("/api/v1/funds", body.replace("FUNDER", scene.funder));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.violations()).singleElement().asString().startsWith(pointer + " ");
        assertThat(scene.officer.get("/api/v1/funds").body().at("/items")).isEmpty();
    }

    @Test
    void a_name_of_a_fund_is_not_a_book() {
        assertThat(scene.officer
                        .post(
                                "/api/v1/funds",
                                "{\"funder\":\"%s\",\"name\":\"%s\",\"currency\":\"EUR\"}"
                                        .formatted(scene.funder, "x".repeat(201)))
                        .violations())
                .singleElement()
                .asString()
                .startsWith("/name ");
    }

    @Test
    void only_the_funders_own_officer_keeps_its_fund() {
        String fund = scene.emptyFund();
        String body = "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"},\"reason\":\"More.\"}";
        Tokens.Person other = Tokens.person("other").mandate("funder-officer", "funder/other");
        for (Api one : List.of(scene.approver, scene.secretariat))
            assertThat(one.post("/api/v1/funds/" + fund + "/envelope-increase", body)
                            .text("/type"))
                    .isEqualTo("/problems/no-mandate");
        for (Api one : List.of(scene.hanoi, scene.anyone.as(other)))
            assertThat(one.post("/api/v1/funds/" + fund + "/envelope-increase", body)
                            .status())
                    .isEqualTo(404);
        for (Tokens.Person one :
                List.of(scene.officer().expired(), scene.officer().foreign()))
            assertThat(scene.anyone
                            .as(one)
                            .post("/api/v1/funds/" + fund + "/envelope-increase", body)
                            .status())
                    .isEqualTo(401);
        assertThat(scene.officer.get("/api/v1/funds/" + fund).text("/envelope/amount"))
                .isEqualTo("0.00");
        assertThat(scene.officer.get("/api/v1/funds/" + fund).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":{\"amount\":\"0.00\",\"currency\":\"EUR\"},\"reason\":\"More.\"}  | /amount",
                "{\"amount\":{\"amount\":\"-1.00\",\"currency\":\"EUR\"},\"reason\":\"More.\"} | /amount/amount",
                "{\"amount\":{\"amount\":\"1.001\",\"currency\":\"EUR\"},\"reason\":\"More.\"} | /amount/amount",
                "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"USD\"},\"reason\":\"More.\"}  | /amount/currency",
                "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"XYZ\"},\"reason\":\"More.\"}  | /amount/currency",
                "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"}}                       | /reason",
                "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"},\"reason\":\"\"}       | /reason",
                "{\"reason\":\"More.\"}                                                        | /amount"
            })
    void an_envelope_is_raised_by_a_proper_amount_with_a_reason(String body, String pointer) {
        String fund = scene.emptyFund();
        Api.Reply reply = scene.officer.post("/api/v1/funds/" + fund + "/envelope-increase", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.violations()).singleElement().asString().startsWith(pointer + " ");
        assertThat(scene.officer.get("/api/v1/funds/" + fund).version()).isEqualTo(1);
    }

    @Test
    void a_set_aside_is_put_on_what_was_read() {
        String fund = scene.fundWith("100.00");
        String path = "/api/v1/funds/" + fund + "/set-asides/" + scene.call;
        String body = "{\"amount\":{\"amount\":\"200.00\",\"currency\":\"EUR\"}}";

        assertThat(scene.officer.put(path, body).status()).isEqualTo(428);
        assertThat(scene.officer.with("If-Match", "\"1\"").put(path, body).status())
                .isEqualTo(412);
        Api matching = scene.officer.with("If-Match", scene.officer.get(path).header("ETag"));
        assertThat(matching.put(path.replace(scene.call, "A.Call"), body).status())
                .isIn(400, 412);
        Api.Reply beyond = matching.put(path, body.replace("200.00", "500000.01"));
        assertThat(beyond.status()).isEqualTo(409);
        assertThat(beyond.text("/type")).isEqualTo("/problems/envelope");
        assertThat(matching.put(path, body).status()).isEqualTo(200);
        assertThat(scene.officer.get(path).text("/free/amount")).isEqualTo("200.00");
    }

    @Test
    void set_asides_of_two_calls_never_refuse_each_other() {
        String fund = scene.fundWith("100.00");
        String one = "/api/v1/funds/" + fund + "/set-asides/" + scene.call;
        String other = "/api/v1/funds/" + fund + "/set-asides/" + UUID.randomUUID();
        String body = "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"}}";
        String etagOfOne = scene.officer.get(one).header("ETag");
        FundingScenario.done(scene.officer
                .with("If-Match", scene.officer.get(other).header("ETag"))
                .put(other, body));

        FundingScenario.done(scene.officer.with("If-Match", etagOfOne).put(one, body));
    }

    @Test
    void a_request_sent_again_with_its_key_moves_money_once() {
        String fund = scene.emptyFund();
        String body = "{\"amount\":{\"amount\":\"100.00\",\"currency\":\"EUR\"},\"reason\":\"Budget.\"}";
        Api keyed = scene.officer.with("Idempotency-Key", "raise-1");
        Api.Reply first = keyed.post("/api/v1/funds/" + fund + "/envelope-increase", body);
        Api.Reply again = keyed.post("/api/v1/funds/" + fund + "/envelope-increase", body);

        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("Koinon-Position")).isEqualTo("fund/" + fund + "/2");
        assertThat(keyed.post("/api/v1/funds/" + fund + "/envelope-increase", body.replace("100", "200"))
                        .status())
                .isEqualTo(422);
        assertThat(scene.officer.get("/api/v1/funds/" + fund).text("/envelope/amount"))
                .isEqualTo("100.00");
    }

    @Test
    void commands_on_missing_resources_are_not_found() {
        String nobody = "/api/v1/agreements/" + UUID.randomUUID();

        assertThat(scene.officer.get(nobody).status()).isEqualTo(404);
        assertThat(scene.officer.post(nobody + "/offer", null).status()).isEqualTo(404);
        assertThat(scene.officer
                        .post(nobody + "/tranches/advance/request", null)
                        .status())
                .isEqualTo(404);
        assertThat(scene.officer
                        .post("/api/v1/funds/" + UUID.randomUUID() + "/envelope-increase", "{}")
                        .status())
                .isEqualTo(400);
        assertThat(scene.officer.get("/api/v1/funds/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(scene.officer.get("/api/v1/agreements?state=LOST").status()).isEqualTo(400);
        assertThat(scene.officer.get("/api/v1/ledger?account=.*").status()).isEqualTo(400);
        assertThat(scene.officer.get("/api/v1/ledger?after=bm90YXBsYWNl").status())
                .isEqualTo(400);
        assertThat(scene.officer.send("DELETE", "/api/v1/funds", null).status()).isEqualTo(405);
        assertThat(scene.officer
                        .sending("text/plain")
                        .post("/api/v1/funds", "x")
                        .status())
                .isEqualTo(415);
        assertThat(scene.officer.post("/api/v1/funds", "{").status()).isEqualTo(400);
        assertThat(scene.officer.post("/api/v1/funds", "x".repeat(1_000_000)).status())
                .isEqualTo(413);
    }

    @Test
    void a_tranche_that_is_not_there_and_a_step_without_what_it_needs_are_refused() {
        String fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        String agreement = UUID.nameUUIDFromBytes((project.id + "/" + fund).getBytes(StandardCharsets.UTF_8))
                .toString();
        project.selected(1, fund);
        scene.awaitState(agreement, "RESERVED");
        String path = "/api/v1/agreements/" + agreement;
        long before = scene.auditor.get(path).version();

        assertThat(scene.officer.post(path + "/offer", null).text("/type")).isEqualTo("/problems/not-approved");
        assertThat(scene.hanoi.post(path + "/signature", null).text("/type")).isEqualTo("/problems/wrong-state");
        assertThat(scene.anyone
                        .as(FundingScenario.OSLO)
                        .post(path + "/signature", null)
                        .status())
                .isEqualTo(404);
        assertThat(scene.anyone
                        .as(FundingScenario.CEBU)
                        .post(path + "/signature", null)
                        .status())
                .isEqualTo(403);
        assertThat(scene.hanoi.post(path + "/decline", "{}").violations())
                .singleElement()
                .asString()
                .startsWith("/reason ");
        assertThat(scene.officer.post(path + "/tranches/bonus/request", null).status())
                .isEqualTo(404);
        assertThat(scene.officer
                        .post(path + "/tranches/bonus/dispatch", "{\"reference\":\"\"}")
                        .status())
                .isEqualTo(400);
        assertThat(scene.auditor.get(path).version()).isEqualTo(before);
    }
}
