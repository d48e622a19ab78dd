package koinon.funding;

import static koinon.funding.FundingScenario.done;
import static koinon.funding.FundingScenario.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.testing.http.Api;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TopicRecords;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The main use case over HTTP, with a real broker and each supported database.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class FundingOverHttpTest {

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
    void a_reference_that_another_agreement_of_the_funder_has_is_marked_and_found_by_its_people_alone() {
        List<String> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String fund = scene.fundWith("200000.00");
            var project = ForeignProjects.answering(scene.call);
            String agreement = agreementOf(project, fund);
            project.selected(1, fund);
            scene.awaitState(agreement, "RESERVED");
            project.approved(1);
            scene.inForce(agreement);
            project.started();
            scene.awaitTranche(agreement, "advance", "PAYABLE");
            scene.sent(agreement, "advance");
            both.add(agreement);
        }
        String path = "/api/v1/agreements/" + both.getFirst();

        assertThat(scene.officer.get(path).body().at("/tranches/0/sameReference"))
                .isEqualTo(scene.officer.get(path + "/tranches/advance").body().path("sameReference"))
                .isNotEmpty();
        assertThat(scene.officer
                        .get(path)
                        .body()
                        .at("/tranches/0/sameReference")
                        .toString())
                .contains(both.getLast());
        assertThat(scene.officer
                        .get("/api/v1/agreements?reference=kn-%20ADVANCE&limit=200")
                        .body()
                        .toString())
                .contains(both);
        assertThat(scene.hanoi.get(path).body().at("/tranches/0").has("sameReference"))
                .isFalse();
        assertThat(scene.officer.get("/api/v1/agreements?reference=none").body().path("items"))
                .isEmpty();
        for (String body : List.of(
                "{\"bankReference\":\"B-1\"}",
                "{\"bankReference\":\"B\\n1\",\"bookedOn\":\"2026-01-01\",\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"}}",
                "{\"bankReference\":\"B-1\",\"bookedOn\":\"2999-01-01\",\"amount\":{\"amount\":\"42500.00\",\"currency\":\"EUR\"}}",
                "{\"bankReference\":\"B-1\",\"bookedOn\":\"2026-01-01\",\"amount\":{\"amount\":\"0.00\",\"currency\":\"EUR\"},\"fee\":{\"amount\":\"42500.00\",\"currency\":\"EUR\"}}"))
            assertThat(scene.approver
                            .post(path + "/tranches/advance/payment", body)
                            .status())
                    .as(body)
                    .isEqualTo(400);
        Api.Reply less = scene.approver.post(
                path + "/tranches/advance/payment",
                "{\"bankReference\":\"B-1\",\"bookedOn\":\"2026-01-01\",\"amount\":{\"amount\":\"42499.00\",\"currency\":\"EUR\"}}");
        assertThat(less.text("/type")).isEqualTo("/problems/amount-differs");
        assertThat(less.text("/detail")).contains("Name 1.00 EUR as the fee");
        scene.recorded(both.getFirst(), "advance");
    }

    @Test
    void no_money_moves_for_who_would_not_take_the_answer() {
        String fund = "/api/v1/funds/" + scene.fundWith("200000.00");
        String before = scene.officer.get(fund).header("ETag");
        for (String accepted : List.of("application/xml", "text/html", "%%%", "application/json;charset=utf-16"))
            assertThat(scene.officer
                            .with("Accept", accepted)
                            .post(fund + "/envelope-increase", """
                                    {"amount":{"amount":"1.00","currency":"EUR"},"reason":"More."}""")
                            .status())
                    .isEqualTo(406);
        assertThat(scene.officer.get(fund).header("ETag")).isEqualTo(before);
    }

    @Test
    void an_agreement_is_offered_to_a_city_that_left_once_it_is_a_candidate_again() {
        String fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        String agreement = agreementOf(project, fund);
        String path = "/api/v1/agreements/" + agreement + "/offer";
        ForeignProjects.city("vn-hanoi", 1, "registered", "{\"name\":\"Hanoi\"}");
        ForeignProjects.city("vn-hanoi", 2, "left", "{}");
        project.selected(1, fund);
        scene.awaitState(agreement, "RESERVED");
        project.approved(1);

        soon(() -> assertThat(scene.officer.post(path, null).text("/type")).isEqualTo("/problems/beneficiary-left"));
        ForeignProjects.city("vn-hanoi", 3, "became-candidate", "{}");
        soon(() -> assertThat(scene.officer.post(path, null).status()).isEqualTo(200));
    }

    @Test
    void from_the_selection_to_the_balance_and_the_rest_back_in_the_fund() {
        String fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        String agreement = agreementOf(project, fund);
        String path = "/api/v1/agreements/" + agreement;

        project.selected(1, fund);
        scene.awaitState(agreement, "RESERVED");
        project.approved(1);
        scene.inForce(agreement);
        project.started();
        scene.awaitTranche(agreement, "advance", "PAYABLE");

        done(scene.officer.post(path + "/tranches/advance/request", null));
        Api alone = scene.anyone.as(scene.officer().mandate("funder-approver", "funder/" + scene.funder));
        assertThat(alone.post(path + "/tranches/advance/authorisation", null).text("/type"))
                .isEqualTo("/problems/separate-hands");
        done(scene.approver.post(path + "/tranches/advance/authorisation", null));
        done(scene.officer.post(path + "/tranches/advance/dispatch", "{\"reference\":\"KN-1\"}"));
        scene.recorded(agreement, "advance");

        project.verified("m1", "0.8125");
        soon(() -> assertThat(scene.agreement(agreement).body().at("/tranches/1/conditions"))
                .hasToString(
                        "[{\"what\":\"agreement-in-force\",\"met\":true},{\"what\":\"project-active\",\"met\":true},"
                                + "{\"what\":\"milestone-verified\",\"milestone\":\"m1\",\"met\":true,\"achieved\":0.8125},"
                                + "{\"what\":\"milestone-verified\",\"milestone\":\"m2\",\"met\":false}]"));
        project.verified("m2", "1");
        scene.awaitTranche(agreement, "interim", "PAYABLE");
        assertThat(scene.agreement(agreement).text("/tranches/1/payable/amount"))
                .isEqualTo("22631.25");
        scene.paid(agreement, "interim");
        project.decided("completed");
        scene.awaitTranche(agreement, "balance", "PAYABLE");
        scene.paid(agreement, "balance");

        scene.awaitState(agreement, "CLOSED");
        assertThat(scene.agreement(agreement).text("/paid/amount")).isEqualTo("82131.25");
        soon(() -> assertThat(scene.officer.get("/api/v1/funds/" + fund).text("/held/amount"))
                .isEqualTo("82131.25"));
        soon(() -> assertThat(balances())
                .containsExactlyInAnyOrder(
                        "agreement/" + agreement + "/outstanding 0.00",
                        "agreement/" + agreement + "/paid 82131.25",
                        "fund/" + fund + "/available 417868.75",
                        "fund/" + fund + "/held 0.00",
                        "funder/" + scene.funder + " -500000.00"));
        assertThat(scene.officer.get("/api/v1/ledger/balances").body().at("/sums"))
                .hasToString("[{\"amount\":\"0.00\",\"currency\":\"EUR\"}]");
        assertThat(scene.auditor.get("/api/v1/ledger/balances").body().at("/sums"))
                .hasToString("[{\"amount\":\"0.00\",\"currency\":\"EUR\"}]");
    }

    @Test
    void when_one_fund_refuses_what_the_other_held_is_released() {
        String rich = scene.fundWith("200000.00");
        String poor = scene.fundWith("84999.99");
        var project = ForeignProjects.answering(scene.call);
        project.selected(1, rich, poor);

        scene.awaitState(agreementOf(project, rich), "RESERVED");
        scene.awaitState(agreementOf(project, poor), "REFUSED");
        String held = "/api/v1/agreements/" + agreementOf(project, rich);
        for (Api reader : List.of(scene.officer, scene.secretariat))
            assertThat(reader.get(held).body().has("amount")).isTrue();
        assertThat(scene.hanoi.get(held).status()).isEqualTo(200);
        assertThat(scene.hanoi.get(held).body().has("amount"))
                .as("before the approval")
                .isFalse();
        assertThat(scene.agreement(agreementOf(project, poor)).text("/statusReason"))
                .isEqualTo("Less is free of what is set aside for this call than was asked for.");
        project.reserveListed(1, "A fund refused.");
        scene.awaitState(agreementOf(project, rich), "RELEASED");
        soon(() -> assertThat(scene.officer.get("/api/v1/funds/" + rich).text("/held/amount"))
                .isEqualTo("0.00"));

        project.selected(2, rich);
        scene.awaitState(agreementOf(project, rich), "RESERVED");
        assertThat(scene.agreement(agreementOf(project, rich))
                        .body()
                        .path("selection")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_fund_never_holds_more_than_it_has_whoever_asks_at_the_same_time() {
        String fund = scene.fundWith("300000.00");
        List<ForeignProjects.Project> many = Stream.generate(() -> ForeignProjects.answering(scene.call))
                .limit(12)
                .toList();
        many.parallelStream().forEach(it -> it.selected(1, fund));

        soon(() -> assertThat(states(fund)).hasSize(12).doesNotContain("REQUESTED"));
        assertThat(states(fund).stream().filter("RESERVED"::equals)).hasSize(3);
        assertThat(scene.officer.get("/api/v1/funds/" + fund).text("/held/amount"))
                .isEqualTo("255000.00");
    }

    @Test
    void a_suspension_holds_and_a_termination_cancels_and_gives_everything_back() {
        String fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        String agreement = agreementOf(project, fund);
        project.selected(1, fund);
        project.approved(1);
        scene.inForce(agreement);
        project.started();
        scene.awaitTranche(agreement, "advance", "PAYABLE");
        project.decided("suspended");
        scene.awaitTranche(agreement, "advance", "HELD");
        assertThat(scene.officer
                        .post("/api/v1/agreements/" + agreement + "/tranches/advance/request", null)
                        .status())
                .isEqualTo(409);
        project.decided("resumed");
        scene.awaitTranche(agreement, "advance", "PAYABLE");
        project.decided("terminated");

        scene.awaitState(agreement, "CLOSED");
        scene.awaitTranche(agreement, "balance", "CANCELLED");
        soon(() -> assertThat(scene.officer.get("/api/v1/funds/" + fund).text("/held/amount"))
                .isEqualTo("0.00"));
    }

    @Test
    void each_money_event_is_one_entry_of_the_ledger_page_by_page() {
        String fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        String agreement = agreementOf(project, fund);
        project.selected(1, fund);
        project.approved(1);
        scene.inForce(agreement);

        soon(() -> assertThat(ledger("", 200)).hasSize(3));
        assertThat(ledger("", 1))
                .containsExactly(
                        "koinon.fund.envelope-raised.v1", "koinon.fund.reserved.v1", "koinon.agreement.in-force.v1");
        assertThat(ledger("account=agreement/" + agreement, 50)).containsExactly("koinon.agreement.in-force.v1");
        assertThat(ledger("account=fund/" + fund + "/held", 50))
                .containsExactly("koinon.fund.reserved.v1", "koinon.agreement.in-force.v1");
        assertThat(ledger("account=fund/nobodys", 50)).isEmpty();
    }

    @Test
    void who_may_read_an_agreement_is_whoever_it_is_between_and_who_oversees_it() {
        String fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        String agreement = agreementOf(project, fund);
        project.selected(1, fund);
        scene.awaitState(agreement, "RESERVED");
        String list = "/api/v1/agreements?project=" + project.id;

        for (Api one : List.of(
                scene.officer, scene.approver, scene.hanoi, scene.anyone.as(FundingScenario.CEBU), scene.secretariat)) {
            assertThat(one.get("/api/v1/agreements/" + agreement).status()).isEqualTo(200);
            assertThat(one.get(list).body().at("/items")).hasSize(1);
        }
        Api oslo = scene.anyone.as(FundingScenario.OSLO);
        assertThat(oslo.get("/api/v1/agreements/" + agreement).status()).isEqualTo(404);
        assertThat(oslo.get(list).body().at("/items")).isEmpty();
        assertThat(oslo.get("/api/v1/funds/" + fund).status()).isEqualTo(404);
        assertThat(oslo.get("/api/v1/funds").body().at("/items")).isEmpty();
        assertThat(oslo.get("/api/v1/ledger").status()).isEqualTo(403);
        assertThat(scene.anyone.get("/api/v1/agreements/" + agreement).status()).isEqualTo(401);
        assertThat(scene.auditor
                        .get(list + "&state=RESERVED&fund=" + fund)
                        .body()
                        .at("/items"))
                .hasSize(1);
        assertThat(scene.auditor.get(list + "&state=CLOSED").body().at("/items"))
                .isEmpty();
    }

    @Test
    void events_carry_who_acted_under_which_mandate_and_what_caused_them() {
        String fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        String agreement = agreementOf(project, fund);
        project.selected(1, fund);
        scene.awaitState(agreement, "RESERVED");
        project.approved(1);
        scene.offered(agreement);

        List<TopicRecords.Message> messages = TopicRecords.of("koinon.funding").messages(agreement, 4);
        assertThat(messages)
                .extracting(it -> it.headers().get("ce_type"))
                .containsExactly(
                        "koinon.agreement.requested.v1",
                        "koinon.agreement.reserved.v1",
                        "koinon.agreement.next-changed.v1",
                        "koinon.agreement.offered.v1");
        assertThat(messages.get(0).headers())
                .containsEntry("ce_actor", "system:funding")
                .containsEntry("ce_cause", "proposal/" + project.id + "/7");
        assertThat(messages.get(1).headers().get("ce_cause")).startsWith("fund/" + fund + "/");
        assertThat(messages.get(1).headers())
                .containsEntry("ce_state", "RESERVED")
                .containsEntry("ce_next", "[]")
                .containsEntry("ce_sums", "committed=0.00 EUR,paid=0.00 EUR,payable=0.00 EUR,reserved=85000.00 EUR");
        assertThat(messages.get(2).headers().get("ce_next"))
                .contains("\"action\":\"agreement.offer\"")
                .contains("\"right\":\"funder-officer@funder/" + scene.funder + "\"");
        assertThat(messages.get(2).headers().get("ce_cause")).startsWith("proposal/" + project.id + "/");
        assertThat(messages.get(3).headers())
                .containsEntry("ce_state", "OFFERED")
                .containsEntry("ce_parts", "tranche/advance=PLANNED,tranche/balance=PLANNED,tranche/interim=PLANNED")
                .hasEntrySatisfying(
                        "ce_actor", it -> assertThat(UUID.fromString(it)).isNotNull())
                .doesNotContainValue(scene.officer().subject())
                .hasEntrySatisfying(
                        "ce_mandate", it -> assertThat(it).endsWith(":funder-officer@funder/" + scene.funder));
    }

    private static String agreementOf(ForeignProjects.Project project, String fund) {
        return UUID.nameUUIDFromBytes((project.id + "/" + fund).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private List<String> states(String fund) {
        return scene.officer.get("/api/v1/agreements?limit=200&fund=" + fund).body().at("/items").values().stream()
                .map(it -> it.path("state").asString(""))
                .toList();
    }

    private List<String> balances() {
        return scene.officer.get("/api/v1/ledger/balances").body().at("/items").values().stream()
                .map(it -> it.path("account").asString("") + " "
                        + it.at("/amount/amount").asString(""))
                .toList();
    }

    private List<String> ledger(String filter, int limit) {
        List<String> events = new ArrayList<>();
        String asked = filter.isEmpty() ? "" : "&" + filter;
        String after = "";
        do {
            Api.Reply page = scene.officer.get("/api/v1/ledger?limit=" + limit + after + asked);
            page.body().at("/items").forEach(it -> events.add(it.path("event").asString("")));
            after = page.text("/next").isEmpty() ? "" : "&after=" + page.text("/next");
        } while (!after.isEmpty());
        return events;
    }
}
