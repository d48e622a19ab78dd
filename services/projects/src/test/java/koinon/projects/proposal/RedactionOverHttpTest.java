package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import koinon.eventing.redaction.Redactions;
import koinon.projects.ForeignEvents;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// A redacted text is in no answer and in no document: of the proposal, its submissions and its project.
class RedactionOverHttpTest extends OverHttp {

    private static final String BODY = """
            {"text":"%s","reason":"It named a person who did not agree to it."}""";

    /// The path of the project of an approved proposal.
    private String approved(String path) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        for (List<String> step : List.of(
                List.of("/eligibility", "{\"eligible\":true,\"reason\":\"Complete.\"}"),
                List.of("/selection", "{\"reason\":\"The best.\"}")))
            assertThat(secretariat.post(path + step.getFirst(), step.getLast()).status())
                    .isEqualTo(200);
        for (String fund : List.of("fund-a", "fund-b"))
            ForeignEvents.happened(
                    "funding", UUID.randomUUID().toString(), 2, "agreement.reserved", """
                    {"project":"%s","fund":"%s","funder":"xm-dac-41304","selection":1,"amount":{"amount":"1.00","currency":"EUR"}}""".formatted(id, fund));
        String project = "/api/v1/projects/" + id;
        await().untilAsserted(() -> assertThat(anyone.get(project).status()).isEqualTo(200));
        return project;
    }

    private String stored(String collection, String field, Object value) {
        return String.valueOf(
                mongo.getCollection(collection).find(new Document(field, value)).first());
    }

    @Test
    void a_redacted_title_is_gone_from_proposal_submission_and_project_and_verification_finds_no_difference() {
        String path = submitted();
        String id = path.substring(path.lastIndexOf('/') + 1);
        await().untilAsserted(() ->
                assertThat(secretariat.get(path + "/submissions/1").status()).isEqualTo(200));
        String project = approved(path);
        assertThat(anyone.get(project).text("/title")).isEqualTo("Craft routes");

        Api keyed = secretariat.with("Idempotency-Key", UUID.randomUUID().toString());
        assertThat(keyed.post(path + "/redactions", BODY.formatted("Craft routes"))
                        .status())
                .isEqualTo(200);
        assertThat(keyed.post(path + "/redactions", BODY.formatted("Craft routes"))
                        .status())
                .as("sent again")
                .isEqualTo(200);

        assertThat(hanoi.get(path + "/summary").text("/title")).isEqualTo(Redactions.MARK);
        await().untilAsserted(
                        () -> assertThat(anyone.get(project).text("/title")).isEqualTo(Redactions.MARK));
        await().untilAsserted(() -> assertThat(
                        secretariat.get(path + "/submissions/1").body().toString())
                .contains(Redactions.MARK)
                .doesNotContain("Craft routes"));
        await().untilAsserted(() -> {
            assertThat(stored("proposals", "_id", id)).doesNotContain("\"Craft routes", "title=Craft routes");
            assertThat(stored("projects", "_id", id)).doesNotContain("Craft routes");
            assertThat(stored("submissions", "proposal", id)).doesNotContain("Craft routes");
        });
        assertThat(anyone.as(Tokens.person("olu").mandate("operator", "network"))
                        .get("/operations/verification")
                        .body()
                        .toString())
                .contains("differences")
                .doesNotContain(id);
    }

    @Test
    void what_is_redacted_in_the_project_is_redacted_in_its_proposal() {
        String path = submitted();
        String project = approved(path);

        assertThat(secretariat
                        .post(project + "/redactions", BODY.formatted("Opening"))
                        .status())
                .isEqualTo(200);

        await().untilAsserted(
                        () -> assertThat(hanoi.get(path + "/work-plan").body().toString())
                                .contains(Redactions.MARK)
                                .doesNotContain("Opening"));
        assertThat(anyone.as(OFFICER).get(project).body().toString()).doesNotContain("Opening");
    }

    @Test
    void it_is_refused_to_others_and_for_what_nobody_wrote() {
        String path = submitted();

        assertThat(hanoi.post(path + "/redactions", BODY.formatted("Craft routes"))
                        .status())
                .isEqualTo(403);
        assertThat(secretariat
                        .post(path + "/redactions", BODY.formatted("Nobody wrote this."))
                        .text("/type"))
                .isEqualTo("/problems/no-such-text");
        assertThat(secretariat.post(path + "/redactions", "{}").violations()).hasSize(2);
    }
}
