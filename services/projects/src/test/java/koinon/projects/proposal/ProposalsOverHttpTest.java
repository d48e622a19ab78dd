package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import koinon.projects.ForeignEvents;
import koinon.testing.http.Api;
import koinon.testing.infrastructure.TopicRecords;
import koinon.testing.time.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalsOverHttpTest extends OverHttp {

    @Test
    void a_city_commits_to_the_part_that_it_has_read_and_to_no_other() {
        String path = drafted();
        accepted(path);
        String part = path + "/partners/" + HANOI + "/part";
        String commitment = path + "/partners/" + HANOI + "/commitment";
        write(hanoi, part, part("60000.00"));
        String read = hanoiSigns.get(part).header("ETag");
        write(hanoi, part, part("50000.00"));
        assertThat(hanoiSigns.with("If-Match", read).post(commitment, "{}").status())
                .isEqualTo(412);

        String now = hanoiSigns.get(part).header("ETag");
        write(cebu, path + "/partners/" + CEBU + "/part", part("30000.00"));
        assertThat(hanoiSigns.with("If-Match", now).post(commitment, "{}").status())
                .isEqualTo(200);
    }

    @Test
    void two_cities_write_a_proposal_and_see_what_is_missing_until_it_is_submitted() {
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
        assertThat(cebu.get(path + "/readiness").body().path("ready").asBoolean())
                .isTrue();
        write(cebu, path + "/partners/" + CEBU + "/part", part("39999.98"));
        assertThat(unmet(cebu.get(path + "/readiness"))).containsExactly("commitments");
        cebuSigns.post(path + "/partners/" + CEBU + "/commitment", "{}");

        Api.Reply submitted = hanoiSigns.post(path + "/submission", "{}");
        assertThat(submitted.status()).isEqualTo(200);
        assertThat(hanoi.get(path).text("/state")).isEqualTo("SUBMITTED");

        String id = path.substring("/api/v1/proposals/".length());
        List<TopicRecords.Message> messages = TopicRecords.of("koinon.projects").messages(id, 14);
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
                .hasEntrySatisfying("ce_mandate", it -> assertThat(it).endsWith(":city-signatory@city/" + HANOI))
                .containsEntry("ce_id", submitted.header("Koinon-Position"));
    }

    @Test
    void a_lead_reminds_a_city_which_reads_it_with_what_it_is_to_do() {
        String path = drafted();
        accepted(path);
        String reminder = path + "/partners/" + CEBU + "/reminder";

        assertThat(cebu.post(reminder, "{}").status()).isEqualTo(403);
        assertThat(hanoi.post(path + "/partners/" + HANOI + "/reminder", "{}").text("/sentence/key"))
                .isEqualTo("is-lead.remind");
        assertThat(hanoi.post(reminder, "{}").status()).isEqualTo(200);

        assertThat(cebu.get(path).body().path("nextActions").values())
                .filteredOn(it -> it.path("subject").asString("").equals("partner/" + CEBU))
                .singleElement()
                .satisfies(it -> assertThat(it.path("remindedAt").asString()).isNotEmpty());
        Api.Reply again = hanoi.post(reminder, "{}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/type")).isEqualTo("/problems/reminded-recently");
        assertThat(again.text("/detail")).contains("it can be reminded again from ");
    }

    @Test
    void what_every_fund_holds_is_approved_and_what_one_refuses_is_reserve_listed() {
        String path = submitted();
        String id = path.substring("/api/v1/proposals/".length());
        assertThat(secretariat
                        .post(path + "/eligibility", "{\"eligible\":true,\"reason\":\"Complete.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(secretariat
                        .post(path + "/selection", "{\"reason\":\"The best.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(secretariat.get(path).text("/selection/grants/0/amount/amount"))
                .isEqualTo("70000.00");
        assertThat(cebu.get(path).body().at("/selection/grants/0").has("amount"))
                .as("of two cities that ask, the total tells one what the other asks for")
                .isFalse();

        String answer =
                "{\"project\":\"%s\",\"fund\":\"%s\",\"selection\":%d,\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"},\"reason\":\"Only 10 EUR are left.\"}";
        String a = UUID.randomUUID().toString();
        String b = UUID.randomUUID().toString();
        ForeignEvents.happened("funding", a, 2, "agreement.reserved", answer.formatted(id, "fund-a", 1));
        ForeignEvents.happened("funding", b, 2, "agreement.refused", answer.formatted(id, "fund-b", 1));
        await().untilAsserted(
                        () -> assertThat(secretariat.get(path).text("/state")).isEqualTo("RESERVE_LISTED"));
        assertThat(secretariat.get(path).text("/reason")).isEqualTo("Only 10 EUR are left.");

        secretariat.post(
                path + "/selection", "{\"reason\":\"Again.\",\"beneficiaries\":{\"fund-b\":\"%s\"}}".formatted(CEBU));
        ForeignEvents.happened("funding", b, 4, "agreement.reserved", answer.formatted(id, "fund-b", 2));
        ForeignEvents.happened("funding", a, 5, "agreement.reserved", answer.formatted(id, "fund-a", 2));
        await().untilAsserted(
                        () -> assertThat(secretariat.get(path).text("/state")).isEqualTo("APPROVED"));

        TopicRecords.Message approved = TopicRecords.of("koinon.projects").messages(id, 15).stream()
                .filter(it -> it.headers().get("ce_type").equals("koinon.proposal.approved.v1"))
                .findFirst()
                .orElseThrow();
        assertThat(approved.headers()).containsEntry("ce_actor", "system:projects");
        assertThat(approved.value())
                .contains("\"selection\":2")
                .contains(
                        "{\"fund\":\"fund-b\",\"amount\":{\"amount\":\"30000.00\",\"currency\":\"EUR\"},\"beneficiary\":\"%s\"}"
                                .formatted(CEBU));
        await().untilAsserted(() ->
                assertThat(secretariat.get("/api/v1/projects/" + id).status()).isEqualTo(200));
    }

    @Test
    void lead_and_partner_read_other_bytes_under_other_etags_and_each_may_be_sent_back() {
        String path = drafted();
        accepted(path);
        write(hanoi, path + "/partners/" + HANOI + "/part", part("1.00"));
        String leads = hanoi.get(path).header("ETag");
        String partners = cebu.get(path).header("ETag");

        assertThat(leads).isNotEqualTo(partners);
        assertThat(hanoi.get(path).version()).isEqualTo(cebu.get(path).version());
        assertThat(cebu.with("If-None-Match", leads).get(path).status()).isEqualTo(200);
        assertThat(cebu.with("If-None-Match", partners).get(path).status()).isEqualTo(304);
        String part = path + "/partners/" + HANOI + "/part";
        String readByPartner = cebu.get(part).header("ETag");
        assertThat(readByPartner).isNotEqualTo(hanoi.get(part).header("ETag"));
        assertThat(hanoi.with("If-Match", readByPartner).put(part, part("2.00")).status())
                .isEqualTo(200);
    }

    @Test
    void people_in_different_parts_never_refuse_each_other() {
        String path = drafted();
        accepted(path);
        String lead = path + "/partners/" + HANOI + "/part";
        String etag = hanoi.get(lead).header("ETag");
        write(cebu, path + "/partners/" + CEBU + "/part", part("1.00"));
        write(hanoi, path + "/summary", summary());

        assertThat(hanoi.with("If-Match", etag).put(lead, part("2.00")).status())
                .isEqualTo(200);
        assertThat(hanoi.with("If-Match", etag).put(lead, part("3.00")).status())
                .isEqualTo(412);
        assertThat(hanoi.put(lead, part("3.00")).status()).isEqualTo(428);
        assertThat(hanoi.get(path).text("/partners/0/grant/amount")).isEqualTo("2.00");
        assertThat(hanoi.get(path).body().at("/partners/0/version").asLong())
                .isEqualTo(hanoi.get(lead).version())
                .isEqualTo(hanoi.get(lead).body().path("version").asLong());
    }

    @Test
    void after_the_deadline_a_proposal_is_neither_submitted_nor_reopened() {
        String path = submitted();
        ((TestClock) clock).advance(Duration.ofDays(30));

        assertThat(hanoiSigns.post(path + "/reopening", "{}").text("/type")).isEqualTo("/problems/call-closed");
        assertThat(secretariat
                        .post(
                                path + "/return",
                                "{\"reason\":\"x\",\"until\":{\"local\":\"2020-01-01T00:00:00\",\"zone\":\"Asia/Bangkok\"}}")
                        .violations())
                .containsExactly("/until/local The time to mend it lies ahead.");
    }

    @Test
    void unknown_and_departed_cities_are_not_invited() {
        String path = drafted();

        assertThat(hanoi.post(path + "/partners", "{\"city\":\"xx-atlantis\"}").violations())
                .containsExactly("/city There is no city xx-atlantis.");
        await().untilAsserted(() -> assertThat(
                        hanoi.post(path + "/partners", "{\"city\":\"xx-gone\"}").text("/type"))
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
                "/work-plan | {\"milestones\":[{\"id\":\"A b\",\"title\":\"\",\"due\":\"tomorrow\",\"weight\":1001}]} | /milestones/0/id,/milestones/0/title,/milestones/0/due,/milestones/0/weight",
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
        assertThat(hanoi.get(path).version()).isEqualTo(1);
    }

    @Test
    void a_repeated_draft_is_one_proposal() {
        String body = "{\"call\":\"%s\",\"lead\":\"%s\",\"title\":\"Twice\"}".formatted(call(), HANOI);
        Api keyed = hanoi.with("Idempotency-Key", UUID.randomUUID().toString());
        await().untilAsserted(() ->
                assertThat(keyed.post("/api/v1/proposals", body).status()).isEqualTo(201));

        assertThat(keyed.post("/api/v1/proposals", body).text("/id"))
                .isEqualTo(keyed.post("/api/v1/proposals", body).text("/id"));
        assertThat(keyed.post("/api/v1/proposals", body.replace("Twice", "Thrice"))
                        .status())
                .isEqualTo(422);
        assertThat(hanoi.post("/api/v1/proposals", body.replaceAll("call\":\"[^\"]*", "call\":\"none"))
                        .violations())
                .containsExactly("/call There is no call none.");
    }
}
