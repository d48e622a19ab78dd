package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mongodb.core.index.IndexInfo;
import tools.jackson.databind.JsonNode;

/// Visibility of a proposal's properties to each kind of caller.
class ReadingOverHttpTest extends OverHttp {

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
            assertThat(anyone.as(other)
                            .get("/api/v1/proposals?limit=200")
                            .body()
                            .toString())
                    .doesNotContain(path.substring("/api/v1/proposals/".length()));
        }
        assertThat(anyone.as(AUDITOR).get(path).text("/partners/1/grant/amount"))
                .isEqualTo("1.00");
        assertThat(hanoi.get(path).text("/partners/1/grant/amount")).isEqualTo("1.00");
        assertThat(cebu.get(path).text("/partners/1/grant/amount")).isEqualTo("1.00");
        assertThat(cebu.get(path).body().at("/partners/0").has("grant")).isFalse();
        for (String total : List.of("grant", "coFinancing")) {
            assertThat(cebu.get(path).body().has(total)).as(total).isFalse();
            assertThat(hanoi.get(path).body().has(total)).as(total).isTrue();
            assertThat(anyone.as(AUDITOR).get(path).body().has(total)).as(total).isTrue();
        }
        assertThat(hanoi.get(path + "/readiness").body().toString()).contains("The partners ask for 3.00 EUR");
        assertThat(cebu.get(path + "/readiness").body().toString()).doesNotContain("3.00 EUR");
        assertThat(cebu.get(path + "/partners/" + HANOI + "/part").body().has("grant"))
                .isFalse();
    }

    @Test
    void who_reads_a_proposal_tries_changes_which_are_judged_and_not_saved() {
        String path = drafted();
        accepted(path);
        write(hanoi, path + "/work-plan", workPlan());
        write(hanoi, path + "/partners/" + HANOI + "/part", part("60000.01"));
        write(cebu, path + "/partners/" + CEBU + "/part", part("39999.99"));
        String before = hanoi.get(path).body().toString();
        String trial = "{\"summary\":%s,\"part\":%s}".formatted(summary(), tried(CEBU, "9999999.00"));

        assertThat(unmet(hanoi.post(path + "/readiness", "{}"))).isEqualTo(unmet(hanoi.get(path + "/readiness")));
        Api.Reply judged = hanoi.with("Idempotency-Key", "k1").post(path + "/readiness", trial);
        assertThat(judged.status()).isEqualTo(200);
        assertThat(judged.response().headers().map()).doesNotContainKeys("etag", "koinon-position");
        assertThat(unmet(judged)).contains("commitments", "grant").doesNotContain("summary", "dates");
        assertThat(unmet(hanoi.with("Idempotency-Key", "k1").post(path + "/readiness", "{}")))
                .as("no answer is kept under a key")
                .contains("summary");
        assertThat(cebu.post(path + "/readiness", trial).body().toString()).doesNotContain("The partners ask for");
        assertThat(anyone.as(AUDITOR).post(path + "/readiness", trial).status()).isEqualTo(200);
        assertThat(anyone.as(ELSEWHERE).post(path + "/readiness", trial).status())
                .isEqualTo(404);
        assertThat(hanoi.get(path).body().toString()).isEqualTo(before);

        Api.Reply wrong = hanoi.post(path + "/readiness", """
                {"summary":{"title":"","summary":"","themes":[],"sdgs":[18]},"workPlan":{},"part":%s}""".formatted(tried("", "1.00")));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.violations())
                .extracting(it -> it.replaceFirst(" .*", ""))
                .containsExactly("/part/city", "/summary/sdgs/0", "/summary/title", "/workPlan/milestones");
        assertThat(hanoi.post(path + "/readiness", "{\"part\":%s}".formatted(tried("fr-lyon", "1.00")))
                        .violations())
                .containsExactly("/part/city fr-lyon is not a partner of this proposal.");
    }

    private static String tried(String city, String grant) {
        return part(grant).replaceFirst("\\{", "{\"city\":\"%s\",".formatted(city));
    }

    @Test
    void anybody_asks_a_public_call_whether_cities_could_apply() {
        String path = "/api/v1/calls/" + call() + "/readiness";
        String two = "\"lead\":\"%s\",\"partners\":[\"%s\"]".formatted(HANOI, CEBU);
        await().untilAsserted(() ->
                assertThat(anyone.post(path, "{" + two + "}").status()).isEqualTo(200));

        Api.Reply judged = anyone.post(path, "{" + two + "}");
        assertThat(judged.body().path("ready").asBoolean()).isTrue();
        assertThat(judged.body().toString()).contains("\"partners\"").doesNotContain("duration", "milestone", "grant");
        assertThat(unmet(anyone.post(path, "{\"lead\":\"%s\",\"partners\":[]}".formatted(HANOI))))
                .contains("partners");
        assertThat(unmet(anyone.post(
                        path,
                        "{%s,\"startsOn\":\"2036-01-01\",\"endsOn\":\"2036-01-02\",\"parts\":[{\"city\":\"%s\",\"grant\":{\"amount\":\"9999999.00\",\"currency\":\"EUR\"}}]}"
                                .formatted(two, CEBU))))
                .contains("grant");
        assertThat(anyone.post(path, "{\"lead\":\"xx-none\",\"partners\":[\"xx-nowhere\"]}")
                        .violations())
                .containsExactly("/lead There is no city xx-none.", "/partners/0 There is no city xx-nowhere.");
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
            assertThat(anyone.as(OFFICER)
                            .get("/api/v1/proposals" + query)
                            .body()
                            .toString())
                    .contains(id);
        assertThat(secretariat
                        .get("/api/v1/proposals?state=DRAFT&call=" + call)
                        .body()
                        .path("items"))
                .isEmpty();
        assertThat(secretariat.get("/api/v1/proposals?state=NONSENSE").status()).isEqualTo(400);
    }

    @Test
    void each_submission_can_be_read_as_it_was_and_who_decides_reads_that_not_the_draft() {
        String path = submitted();
        assertThat(hanoiSigns.post(path + "/reopening", "{}").status()).isEqualTo(200);
        assertThat(write(cebu, path + "/partners/" + CEBU + "/part", part("35000.00"))
                        .status())
                .isEqualTo(200);
        String first = path + "/submissions/1";

        assertThat(secretariat.get(path).text("/partners/1/grant/amount")).isEqualTo("35000.00");
        assertThat(secretariat.get(first).text("/partners/1/grant/amount")).isEqualTo("39999.99");
        assertThat(secretariat.get(first).text("/grant/amount")).isEqualTo("100000.00");
        assertThat(hanoi.get(first).text("/partners/1/grant/amount")).isEqualTo("39999.99");
        assertThat(cebu.get(first).body().at("/partners/0").has("grant")).isFalse();
        assertThat(cebu.get(first).body().has("grant")).isFalse();
        assertThat(anyone.as(ELSEWHERE).get(first).status()).isEqualTo(404);
        for (String none : List.of("0", "2", "-1", "x"))
            assertThat(secretariat.get(path + "/submissions/" + none).status())
                    .as(none)
                    .isEqualTo(404);

        assertThat(cebuSigns
                        .post(path + "/partners/" + CEBU + "/commitment", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(hanoiSigns.post(path + "/submission", "{}").status()).isEqualTo(200);
        String before = secretariat.get(first).header("ETag");
        assertThat(secretariat.get(path + "/submissions/2").text("/partners/1/grant/amount"))
                .isEqualTo("35000.00");
        await().untilAsserted(() -> assertThat(secretariat.get(first).status()).isEqualTo(200));
        assertThat(secretariat.get(first).header("ETag")).isEqualTo(before);
    }

    @Test
    void an_auditor_reads_what_was_published_and_nobody_else() {
        String path = submitted();
        String id = "proposal/" + path.substring("/api/v1/proposals/".length());
        String published = "/operations/published";

        for (Tokens.Person other : List.of(SECRETARIAT, OFFICER, ELSEWHERE))
            assertThat(anyone.as(other).get(published).status()).isEqualTo(403);
        Api.Reply reply = anyone.as(AUDITOR).get(published + "?subjects=" + id + ",proposal/none");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.lines()).hasSize(1);
        JsonNode one = reply.lines().getFirst();
        assertThat(one.at("/id").asString()).isEqualTo(id);
        assertThat(one.at("/sequence").asLong())
                .isEqualTo(secretariat.get(path).body().path("version").asLong());
        assertThat(one.at("/state").asString()).isEqualTo("SUBMITTED");
        assertThat(one.at("/parts/partner~1" + CEBU).asString()).isEqualTo("COMMITTED");
        assertThat(one.at("/partners/1/grant/amount").asString()).isEqualTo("39999.99");
        assertThat(anyone.as(AUDITOR).get(published).lines())
                .anyMatch(it -> it.at("/id").asString().equals(id));
        assertThat(anyone.as(AUDITOR)
                        .get(published + "?subjects=" + "a,".repeat(300))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void what_was_withdrawn_before_it_was_ever_submitted_stays_with_its_cities() {
        String path = drafted();
        String id = path.substring("/api/v1/proposals/".length());
        assertThat(hanoiSigns
                        .post(path + "/withdrawal", "{\"reason\":\"Not this year.\"}")
                        .status())
                .isEqualTo(200);

        assertThat(hanoi.get(path).text("/state")).isEqualTo("WITHDRAWN");
        assertThat(anyone.as(OFFICER).get(path).status()).isEqualTo(404);
        String list = "/api/v1/proposals?state=WITHDRAWN&limit=200";
        assertThat(hanoi.get(list).body().toString()).contains(id);
        assertThat(anyone.as(OFFICER).get(list).body().toString()).doesNotContain(id);
    }

    @Test
    void lists_go_on_where_the_page_before_ended() {
        String first = drafted();
        String second = drafted();
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            Api.Reply page = hanoi.get("/api/v1/proposals?limit=1" + after);
            page.body()
                    .path("items")
                    .forEach(it -> seen.add("/api/v1/proposals/" + it.path("id").asString()));
            after = page.text("/next").isEmpty() ? "" : "&after=" + page.text("/next");
        } while (!after.isEmpty());

        assertThat(seen).contains(first, second).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void a_token_of_another_city_and_a_breach_of_separate_hands_are_refused_and_nothing_changes() {
        String path = submitted();
        String before = secretariat.get(path).header("ETag");
        Api torn = anyone.as(
                Tokens.person("preecha").mandate("secretariat", "network").mandate("city-editor", "city/" + CEBU));

        assertThat(cebu.with("If-Match", "*").put(path + "/summary", summary()).text("/type"))
                .isEqualTo("/problems/no-mandate");
        assertThat(anyone.as(ELSEWHERE)
                        .with("If-Match", "*")
                        .put(path + "/summary", summary())
                        .status())
                .isEqualTo(404);
        assertThat(torn.post(path + "/eligibility", "{\"eligible\":true,\"reason\":\"x\"}")
                        .text("/type"))
                .isEqualTo("/problems/partner-mandate");
        assertThat(secretariat.get(path).header("ETag")).isEqualTo(before);
    }

    @Test
    void a_document_of_an_earlier_version_is_read_and_changed() throws IOException {
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
        assertThat(secretariat
                        .post(path + "/selection", "{\"reason\":\"Again.\"}")
                        .text("/position"))
                .endsWith("/14");
        assertThat(secretariat.get(path).body().at("/selection/number").asInt()).isEqualTo(2);
    }

    @Test
    void what_lists_filter_by_is_indexed() {
        await().untilAsserted(() -> assertThat(mongo.indexOps("proposals").getIndexInfo())
                .extracting(IndexInfo::getName)
                .contains("call", "state", "city", "origin"));
    }

    @Test
    void the_interface_describes_itself() {
        Api.Reply description = anyone.get("/v3/api-docs");

        assertThat(description.text("/openapi")).startsWith("3.1");
        assertThat(description.body().at("/paths").propertyNames())
                .contains("/api/v1/calls/{id}/terms", "/api/v1/proposals/{id}/partners/{city}/part");
    }

    private static JsonNode action(Api.Reply reply, String name) {
        return reply.body()
                .at("/nextActions")
                .valueStream()
                .filter(it -> it.path("action").asString("").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + reply.body()));
    }

    @Test
    void the_lead_reads_whether_it_can_submit_and_the_secretariat_whether_it_can_decide() {
        String path = drafted();
        accepted(path);
        assertThat(action(hanoi.get(path), "proposal.write").path("possible").asBoolean())
                .isTrue();
        assertThat(action(cebu.get(path), "partner.write").path("possible").asBoolean())
                .isFalse();
        assertThat(action(cebu.get(path), "proposal.write").path("until").asString())
                .isNotEmpty();
        String submitted = submitted();
        assertThat(action(secretariat.get(submitted), "proposal.decide-eligibility")
                        .path("possible")
                        .asBoolean())
                .isTrue();
        assertThat(action(hanoiSigns.get(submitted), "proposal.decide-eligibility")
                        .at("/whyNot/key")
                        .asString())
                .isEqualTo("no-mandate");
    }
}
