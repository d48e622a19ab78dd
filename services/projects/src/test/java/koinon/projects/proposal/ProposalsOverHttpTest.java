package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import koinon.projects.Elsewhere;
import koinon.testing.Api;
import koinon.testing.RealParts;
import koinon.testing.TestClock;
import koinon.testing.Tokens;
import koinon.testing.Topic;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mongodb.core.MongoOperations;

@RealParts
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProposalsOverHttpTest {

    private static final String HANOI = "vn-hanoi";
    private static final String CEBU = "ph-cebu-city";
    private static final Tokens.Person SECRETARIAT = Tokens.person("amina").mandate("secretariat", "network");
    private static final Tokens.Person AUDITOR = Tokens.person("olga").mandate("auditor", "network");
    private static final Tokens.Person ELSEWHERE = Tokens.person("siri").mandate("city-editor", "city/th-bangkok");
    private static final Tokens.Person OFFICER =
            Tokens.person("ole").mandate("funder-officer", "funder/xm-dac-41304");
    private static final Tokens.Person OTHER_OFFICER =
            Tokens.person("odd").mandate("funder-officer", "funder/xx-other");

    @LocalServerPort
    private int port;

    @Autowired
    private Clock clock;

    @Autowired
    private MongoOperations mongo;

    private Api anyone;
    private Api secretariat;
    private Api hanoi;
    private Api hanoiSigns;
    private Api cebu;
    private Api cebuSigns;

    @BeforeEach
    void callers() {
        anyone = Api.at(port);
        secretariat = anyone.as(SECRETARIAT);
        hanoi = anyone.as(Tokens.person("ha").mandate("city-editor", "city/" + HANOI));
        hanoiSigns = anyone.as(Tokens.person("minh").mandate("city-signatory", "city/" + HANOI));
        cebu = anyone.as(Tokens.person("ana").mandate("city-editor", "city/" + CEBU));
        cebuSigns = anyone.as(Tokens.person("jose").mandate("city-signatory", "city/" + CEBU));
        Elsewhere.city(HANOI, "Hà Nội", "VN", "Design");
        Elsewhere.city(CEBU, "Cebu City", "PH", "Design");
        Elsewhere.city("xx-gone", "Gone", "XX", "Film");
        Elsewhere.happened("cities", "xx-gone", 3, "city.left", "{\"reason\":\"It asked to.\"}");
        Elsewhere.fund("fund-a", "xm-dac-41304", "EUR");
        Elsewhere.fund("fund-b", "sg-asean", "EUR");
    }

    @AfterEach
    void now() {
        ((TestClock) clock).reset();
    }

    private static String day(int fromToday) {
        return LocalDate.now(ZoneOffset.UTC).plusDays(fromToday).toString();
    }

    private static String terms() {
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

    private String call() {
        String path = "/api/v1/calls/" + draftedCall();
        await().untilAsserted(() -> assertThat(
                        secretariat.with("If-Match", "\"1\"").put(path + "/terms", terms()).violations())
                .isEmpty());
        assertThat(secretariat.post(path + "/publication", "{}").status()).isEqualTo(200);
        return path.substring("/api/v1/calls/".length());
    }

    private String draftedCall() {
        Api.Reply drafted = secretariat.post("/api/v1/calls", "{\"title\":\"Crafts\"}");
        assertThat(drafted.status()).isEqualTo(201);
        return drafted.text("/id");
    }

    private String drafted() {
        String body = "{\"call\":\"%s\",\"lead\":\"%s\",\"title\":\"Craft routes\"}".formatted(call(), HANOI);
        await().untilAsserted(
                        () -> assertThat(anyone.get("/api/v1/calls").status()).isEqualTo(200));
        Api.Reply drafted = hanoi.post("/api/v1/proposals", body);
        for (int i = 0; i < 100 && drafted.status() == 400; i++) {
            pause();
            drafted = hanoi.post("/api/v1/proposals", body);
        }
        assertThat(drafted.status()).isEqualTo(201);
        assertThat(drafted.header("Location")).isEqualTo("/api/v1/proposals/" + drafted.text("/id"));
        return drafted.header("Location");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Api.Reply write(Api who, String path, String body) {
        return who.with("If-Match", who.get(path).header("ETag")).put(path, body);
    }

    private static String part(String grant) {
        return """
                {"grant":{"amount":"%s","currency":"EUR"},"overhead":{"amount":"1000.00","currency":"EUR"},
                 "contributions":[{"source":"Budget","kind":"cash","amount":{"amount":"10000.00","currency":"EUR"}}],
                 "tasks":"Workshops"}""".formatted(grant);
    }

    private static String summary() {
        return """
                {"title":"Craft routes","summary":"Workshops in both cities.","themes":["crafts"],"sdgs":[8,11],
                 "startsOn":"%s","endsOn":"%s"}""".formatted(day(60), day(460));
    }

    private static String workPlan() {
        return """
                {"milestones":[{"id":"m1","title":"Opening","due":"%s","tranche":"interim","weight":0.6},
                               {"id":"m2","title":"Fair","due":"%s","tranche":"interim","weight":0.4}]}"""
                .formatted(day(100), day(400));
    }

    private void accepted(String path) {
        await().untilAsserted(() -> assertThat(
                        hanoi.post(path + "/partners", "{\"city\":\"%s\"}".formatted(CEBU))
                                .status())
                .isEqualTo(200));
        assertThat(cebuSigns.post(path + "/partners/" + CEBU + "/acceptance", "{}").status())
                .isEqualTo(200);
    }

    private String submitted() {
        String path = drafted();
        accepted(path);
        for (Api.Reply reply : List.of(
                write(hanoi, path + "/summary", summary()),
                write(hanoi, path + "/work-plan", workPlan()),
                write(hanoi, path + "/partners/" + HANOI + "/part", part("60000.01")),
                write(cebu, path + "/partners/" + CEBU + "/part", part("39999.99")),
                hanoiSigns.post(path + "/partners/" + HANOI + "/commitment", "{}"),
                cebuSigns.post(path + "/partners/" + CEBU + "/commitment", "{}"),
                hanoiSigns.post(path + "/submission", "{}")))
            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return path;
    }

    private static List<String> unmet(Api.Reply readiness) {
        List<String> rules = new ArrayList<>();
        readiness.body().path("findings").forEach(it -> {
            if (!it.path("met").asBoolean()) rules.add(it.path("rule").asString());
        });
        return rules;
    }

    @Test
    void two_cities_write_a_proposal_and_are_told_what_is_missing_until_it_is_submitted() {
        String path = drafted();
        assertThat(unmet(hanoi.get(path + "/readiness"))).contains("partners", "countries", "summary", "commitments");
        Api.Reply early = hanoiSigns.post(path + "/submission", "{}");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.text("/type")).isEqualTo("/problems/not-ready");

        accepted(path);
        write(hanoi, path + "/summary", summary());
        write(hanoi, path + "/work-plan", workPlan());
        write(hanoi, path + "/partners/" + HANOI + "/part", part("70000.00"));
        write(cebu, path + "/partners/" + CEBU + "/part", part("39999.99"));
        assertThat(unmet(hanoi.get(path + "/readiness"))).containsExactly("commitments", "grant");

        write(hanoi, path + "/partners/" + HANOI + "/part", part("60000.01"));
        hanoiSigns.post(path + "/partners/" + HANOI + "/commitment", "{}");
        cebuSigns.post(path + "/partners/" + CEBU + "/commitment", "{}");
        assertThat(cebu.get(path + "/readiness").body().path("ready").asBoolean()).isTrue();
        write(cebu, path + "/partners/" + CEBU + "/part", part("39999.98"));
        assertThat(unmet(cebu.get(path + "/readiness"))).containsExactly("commitments");
        cebuSigns.post(path + "/partners/" + CEBU + "/commitment", "{}");

        Api.Reply submitted = hanoiSigns.post(path + "/submission", "{}");
        assertThat(submitted.status()).isEqualTo(200);
        assertThat(hanoi.get(path).text("/state")).isEqualTo("SUBMITTED");

        String id = path.substring("/api/v1/proposals/".length());
        List<Topic.Message> messages = Topic.of("koinon.projects").messages(id, 14);
        assertThat(messages)
                .extracting(it -> it.headers().get("ce_type").replaceAll("^koinon\\.proposal\\.|\\.v1$", ""))
                .containsExactly(
                        "drafted",
                        "partner-invited",
                        "partner-accepted",
                        "summary-changed",
                        "work-plan-changed",
                        "partner-part-changed",
                        "partner-part-changed",
                        "partner-part-changed",
                        "partner-committed",
                        "partner-committed",
                        "partner-part-changed",
                        "commitment-lapsed",
                        "partner-committed",
                        "submitted");
        assertThat(messages.getLast().headers())
                .containsEntry("ce_mandate", "city-signatory@city/" + HANOI)
                .containsEntry("ce_id", submitted.header("Koinon-Position"));
    }

    @Test
    void what_every_fund_holds_is_approved_and_what_one_refuses_is_reserve_listed() {
        String path = submitted();
        String id = path.substring("/api/v1/proposals/".length());
        assertThat(secretariat
                        .post(path + "/eligibility", "{\"eligible\":true,\"reason\":\"Complete.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(secretariat.post(path + "/selection", "{\"reason\":\"The best.\"}").status())
                .isEqualTo(200);
        assertThat(secretariat.get(path).text("/selection/grants/0/amount/amount")).isEqualTo("70000.00");

        String answer = "{\"project\":\"%s\",\"fund\":\"%s\",\"selection\":%d,\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"},\"reason\":\"Only 10 EUR are left.\"}";
        String a = UUID.randomUUID().toString();
        String b = UUID.randomUUID().toString();
        Elsewhere.happened("funding", a, 2, "agreement.reserved", answer.formatted(id, "fund-a", 1));
        Elsewhere.happened("funding", b, 2, "agreement.refused", answer.formatted(id, "fund-b", 1));
        await().untilAsserted(
                        () -> assertThat(secretariat.get(path).text("/state")).isEqualTo("RESERVE_LISTED"));
        assertThat(secretariat.get(path).text("/reason")).isEqualTo("Only 10 EUR are left.");

        secretariat.post(path + "/selection", "{\"reason\":\"Again.\",\"beneficiaries\":{\"fund-b\":\"%s\"}}".formatted(CEBU));
        Elsewhere.happened("funding", b, 4, "agreement.reserved", answer.formatted(id, "fund-b", 2));
        Elsewhere.happened("funding", a, 5, "agreement.reserved", answer.formatted(id, "fund-a", 2));
        await().untilAsserted(
                        () -> assertThat(secretariat.get(path).text("/state")).isEqualTo("APPROVED"));

        Topic.Message approved = Topic.of("koinon.projects").messages(id, 15).stream()
                .filter(it -> it.headers().get("ce_type").equals("koinon.proposal.approved.v1"))
                .findFirst()
                .orElseThrow();
        assertThat(approved.headers()).containsEntry("ce_actor", "system:projects");
        assertThat(approved.value())
                .contains("\"selection\":2")
                .contains("{\"fund\":\"fund-b\",\"amount\":{\"amount\":\"30000.00\",\"currency\":\"EUR\"},\"beneficiary\":\"%s\"}"
                        .formatted(CEBU));
        await().untilAsserted(() -> assertThat(
                        secretariat.get("/api/v1/projects/" + id).status())
                .isEqualTo(200));
    }

    @Test
    void people_in_different_parts_never_refuse_each_other() {
        String path = drafted();
        accepted(path);
        String lead = path + "/partners/" + HANOI + "/part";
        String etag = hanoi.get(lead).header("ETag");
        write(cebu, path + "/partners/" + CEBU + "/part", part("1.00"));
        write(hanoi, path + "/summary", summary());

        assertThat(hanoi.with("If-Match", etag).put(lead, part("2.00")).status()).isEqualTo(200);
        assertThat(hanoi.with("If-Match", etag).put(lead, part("3.00")).status()).isEqualTo(412);
        assertThat(hanoi.put(lead, part("3.00")).status()).isEqualTo(428);
        assertThat(hanoi.get(path).text("/partners/0/grant/amount")).isEqualTo("2.00");
        assertThat(hanoi.get(path).body().path("etags").path("partner/" + HANOI).asString())
                .isEqualTo(hanoi.get(lead).header("ETag"));
    }

    @Test
    void a_draft_is_its_cities_own_and_a_budget_its_citys_and_its_leads() {
        String path = drafted();
        accepted(path);
        write(hanoi, path + "/partners/" + HANOI + "/part", part("2.00"));
        write(cebu, path + "/partners/" + CEBU + "/part", part("1.00"));

        assertThat(anyone.get(path).status()).isEqualTo(401);
        for (Tokens.Person other : List.of(ELSEWHERE, OFFICER)) {
            assertThat(anyone.as(other).get(path).status()).isEqualTo(404);
            assertThat(anyone.as(other).get(path + "/readiness").status()).isEqualTo(404);
            assertThat(anyone.as(other).get("/api/v1/proposals?limit=200").body().toString())
                    .doesNotContain(path.substring("/api/v1/proposals/".length()));
        }
        assertThat(anyone.as(AUDITOR).get(path).text("/partners/1/grant/amount")).isEqualTo("1.00");
        assertThat(hanoi.get(path).text("/partners/1/grant/amount")).isEqualTo("1.00");
        assertThat(cebu.get(path).text("/partners/1/grant/amount")).isEqualTo("1.00");
        assertThat(cebu.get(path).body().at("/partners/0").has("grant")).isFalse();
        assertThat(cebu.get(path + "/partners/" + HANOI + "/part").body().has("grant"))
                .isFalse();
    }

    @Test
    void a_funder_of_the_call_reads_what_was_submitted_and_others_do_not() {
        String path = submitted();
        String id = path.substring("/api/v1/proposals/".length());

        assertThat(anyone.as(OFFICER).get(path).status()).isEqualTo(200);
        assertThat(anyone.as(OFFICER).get(path).body().at("/partners/0").has("grant"))
                .isFalse();
        assertThat(anyone.as(OTHER_OFFICER).get(path).status()).isEqualTo(404);
        String call = secretariat.get(path).text("/call");
        for (String query : List.of("?call=" + call, "?city=" + CEBU + "&limit=200", "?state=SUBMITTED&limit=200"))
            assertThat(anyone.as(OFFICER).get("/api/v1/proposals" + query).body().toString())
                    .contains(id);
        assertThat(secretariat.get("/api/v1/proposals?state=DRAFT&call=" + call).body().path("items"))
                .isEmpty();
        assertThat(secretariat.get("/api/v1/proposals?state=NONSENSE").status()).isEqualTo(400);
    }

    @Test
    void lists_go_on_where_the_page_before_ended() {
        String first = drafted();
        String second = drafted();
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            Api.Reply page = hanoi.get("/api/v1/proposals?limit=1&after=" + after);
            page.body().path("items").forEach(it -> seen.add("/api/v1/proposals/" + it.path("id").asString()));
            after = page.text("/next");
        } while (!after.isEmpty());

        assertThat(seen).contains(first, second).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void a_token_of_another_city_and_hands_that_must_be_separate_are_refused_and_nothing_changes() {
        String path = submitted();
        String before = secretariat.get(path).header("ETag");
        Api torn = anyone.as(
                Tokens.person("preecha").mandate("secretariat", "network").mandate("city-editor", "city/" + CEBU));

        assertThat(anyone.as(ELSEWHERE)
                        .with("If-Match", "*")
                        .put(path + "/summary", summary())
                        .text("/type"))
                .isEqualTo("/problems/no-mandate");
        assertThat(torn.post(path + "/eligibility", "{\"eligible\":true,\"reason\":\"x\"}").text("/type"))
                .isEqualTo("/problems/separate-hands");
        assertThat(secretariat.get(path).header("ETag")).isEqualTo(before);
    }

    @Test
    void after_the_deadline_a_proposal_is_neither_submitted_nor_reopened() {
        String path = submitted();
        ((TestClock) clock).advance(Duration.ofDays(30));

        assertThat(hanoiSigns.post(path + "/reopening", "{}").text("/type")).isEqualTo("/problems/call-closed");
        assertThat(secretariat
                        .post(path + "/return", "{\"reason\":\"x\",\"until\":{\"local\":\"2020-01-01T00:00:00\",\"zone\":\"Asia/Bangkok\"}}")
                        .violations())
                .containsExactly("/until/local The time to mend it lies ahead.");
    }

    @Test
    void unknown_and_departed_cities_are_not_invited() {
        String path = drafted();

        assertThat(hanoi.post(path + "/partners", "{\"city\":\"xx-atlantis\"}").violations())
                .containsExactly("/city There is no city xx-atlantis.");
        await().untilAsserted(() -> assertThat(hanoi.post(path + "/partners", "{\"city\":\"xx-gone\"}")
                        .text("/type"))
                .isEqualTo("/problems/city-left"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/summary   | {\"title\":\"x\",\"summary\":\"\",\"themes\":[],\"sdgs\":[18],\"colour\":1} | /colour,/sdgs/0",
                "/summary   | {\"title\":\"x\",\"summary\":\"\",\"themes\":[],\"sdgs\":[],\"startsOn\":\"2027-02-01\",\"endsOn\":\"2027-01-01\"} | /endsOn",
                "/summary   | {\"title\":5} | /title,/summary,/themes,/sdgs",
                "/work-plan | {\"milestones\":[{\"id\":\"A b\",\"title\":\"\",\"due\":\"tomorrow\",\"weight\":1.5}]} | /milestones/0/id,/milestones/0/title,/milestones/0/due,/milestones/0/weight",
                "/partners/vn-hanoi/part | {\"grant\":{\"amount\":\"-1\",\"currency\":\"EUR\"},\"contributions\":[],\"overhead\":{\"amount\":\"1\",\"currency\":\"XYZ\"},\"tasks\":\"\"} | /grant/amount,/overhead/currency",
                "/partners/vn-hanoi/part | {\"grant\":{\"amount\":\"1\",\"currency\":\"USD\"},\"contributions\":[],\"overhead\":{\"amount\":\"1\",\"currency\":\"EUR\"},\"tasks\":\"\"} | /grant/currency",
                "/partners/vn-hanoi/part | {\"grant\":{\"amount\":\"1\",\"currency\":\"EUR\"},\"contributions\":[{\"source\":\"a\",\"kind\":\"in-kind\",\"amount\":{\"amount\":\"1\",\"currency\":\"EUR\"}}],\"overhead\":{\"amount\":\"1\",\"currency\":\"EUR\"},\"tasks\":\"\"} | /contributions/0/valuedBy"
            })
    void bad_input_is_named_and_changes_nothing(String part, String body, String pointers) {
        String path = drafted();

        Api.Reply refused = hanoi.with("If-Match", "*").put(path + part, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .containsExactlyInAnyOrder(pointers.split(","));
        assertThat(hanoi.get(path).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void a_call_is_the_secretariats_and_public_once_it_is_published() {
        String path = "/api/v1/calls/" + draftedCall();
        assertThat(anyone.get(path).status()).isEqualTo(404);
        assertThat(secretariat.get(path).text("/state")).isEqualTo("DRAFT");
        assertThat(hanoi.post("/api/v1/calls", "{\"title\":\"x\"}").status()).isEqualTo(403);
        assertThat(secretariat.post(path + "/publication", "{}").text("/type")).isEqualTo("/problems/no-terms");
        assertThat(secretariat
                        .with("If-Match", "*")
                        .put(path + "/terms", terms().replace("\"partners\",\"min\":2", "\"partners\",\"min\":\"two\""))
                        .violations())
                .anyMatch(it -> it.startsWith("/rules/0/min"));

        String call = call();
        Api.Reply read = anyone.get("/api/v1/calls/" + call);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text("/terms/rules/3/max")).isEqualTo("0.3");
        assertThat(read.body().at("/version").asInt()).isEqualTo(1);
        assertThat(anyone.get("/api/v1/calls?limit=200&state=PUBLISHED").body().toString())
                .contains(call)
                .contains("\"open\":true");
        assertThat(anyone.get("/api/v1/calls?limit=200").body().toString())
                .doesNotContain(path.substring("/api/v1/calls/".length()));
        assertThat(secretariat
                        .with("If-Match", "*")
                        .put("/api/v1/calls/" + call + "/terms", terms())
                        .status())
                .isEqualTo(409);
        assertThat(secretariat
                        .post("/api/v1/calls/" + call + "/cancellation", "{}")
                        .status())
                .isEqualTo(400);
        assertThat(secretariat
                        .post("/api/v1/calls/" + call + "/cancellation", "{\"reason\":\"No money.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(anyone.get("/api/v1/calls/" + call).text("/state")).isEqualTo("CANCELLED");
    }

    @Test
    void what_an_earlier_version_stored_is_read_and_goes_on() throws IOException {
        for (String kind : List.of("call", "proposal"))
            mongo.insert(
                    Document.parse(new ClassPathResource("documents/" + kind + "-1.json")
                            .getContentAsString(StandardCharsets.UTF_8)),
                    kind + "s");
        String path = "/api/v1/proposals/5f0d6a51-7a57-4f66-9f0e-0d8e2b6a4c02";

        assertThat(anyone.get("/api/v1/calls/5f0d6a51-7a57-4f66-9f0e-0d8e2b6a4c01")
                        .text("/terms/rules/3/max"))
                .isEqualTo("0.3");
        assertThat(hanoi.get(path).text("/partners/0/contributions/0/amount/amount"))
                .isEqualTo("10000.00");
        assertThat(hanoi.get(path).text("/workPlan/milestones/0/due")).isEqualTo("2027-03-02");
        assertThat(secretariat.post(path + "/selection", "{\"reason\":\"Again.\"}").text("/position"))
                .endsWith("/14");
        assertThat(secretariat.get(path).body().at("/selection/number").asInt()).isEqualTo(2);
    }

    @Test
    void the_interface_describes_itself() {
        Api.Reply description = anyone.get("/v3/api-docs");

        assertThat(description.text("/openapi")).startsWith("3.1");
        assertThat(description.body().at("/paths").propertyNames())
                .contains("/api/v1/calls/{id}/terms", "/api/v1/proposals/{id}/partners/{city}/part");
    }

    @Test
    void a_repeated_draft_is_one_proposal() {
        String body = "{\"call\":\"%s\",\"lead\":\"%s\",\"title\":\"Twice\"}".formatted(call(), HANOI);
        Api keyed = hanoi.with("Idempotency-Key", UUID.randomUUID().toString());
        await().untilAsserted(() ->
                assertThat(keyed.post("/api/v1/proposals", body).status()).isEqualTo(201));

        assertThat(keyed.post("/api/v1/proposals", body).text("/id"))
                .isEqualTo(keyed.post("/api/v1/proposals", body).text("/id"));
        assertThat(keyed.post("/api/v1/proposals", body.replace("Twice", "Thrice")).status())
                .isEqualTo(422);
        assertThat(hanoi.post("/api/v1/proposals", body.replaceAll("call\":\"[^\"]*", "call\":\"none"))
                        .violations())
                .containsExactly("/call There is no call none.");
    }
}
