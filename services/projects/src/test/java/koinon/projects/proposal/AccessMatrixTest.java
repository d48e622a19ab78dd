package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.projects.ForeignEvents;
import koinon.projects.call.CallsOverHttpTest;
import koinon.testing.access.AccessFixture;
import koinon.testing.access.AccessMatrix;
import koinon.testing.http.Api;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;

/// Checks which caller may use which endpoint, as `infra/docs/access.md` specifies.
class AccessMatrixTest extends OverHttp {

    @Autowired
    private WebApplicationContext context;

    private static final String DATE = CallsOverHttpTest.day(5);

    @TestFactory
    Stream<DynamicTest> each_line_of_the_access_table_holds() {
        return matrix().access();
    }

    @TestFactory
    Stream<DynamicTest> what_is_hidden_is_answered_as_if_it_were_not_there() {
        return matrix().hidden();
    }

    @TestFactory
    Stream<DynamicTest> whatever_is_sent_is_answered_as_described() {
        return matrix().input();
    }

    @TestFactory
    Stream<DynamicTest> what_the_schema_admits_is_not_refused_as_input() {
        return matrix().admitted();
    }

    /// The fixtures are a drafted and a published call, a proposal being written, a submitted one, one withdrawn
    /// before its submission, and an active project.
    private AccessMatrix matrix() {
        String draft = drafted();
        accepted(draft);
        write(hanoi, draft + "/work-plan", workPlan());
        write(hanoi, draft + "/partners/" + HANOI + "/part", part("100.00"));
        write(cebu, draft + "/partners/" + CEBU + "/part", part("100.00"));
        String submitted = submitted();
        String withdrawn = drafted();
        accepted(withdrawn);
        write(hanoi, withdrawn + "/work-plan", workPlan());
        done(hanoiSigns.post(withdrawn + "/withdrawal", "{\"reason\":\"Not this year.\"}"));
        String call =
                secretariat.post("/api/v1/calls", "{\"title\":\"Crafts\"}").text("/id");
        String reason = "{\"reason\":\"It is so.\"}";
        return AccessMatrix.of("projects", context, new AccessFixture(HANOI, CEBU, "xm-dac-41304"))
                .where("/calls/{id}", "/calls/" + call)
                .also("once published", "/calls/{id}", "/calls/" + call())
                .where("/proposals/{id}", draft.substring("/api/v1".length()))
                .also("once submitted", "/proposals/{id}", submitted.substring("/api/v1".length()))
                .also("withdrawn unsubmitted", "/proposals/{id}", withdrawn.substring("/api/v1".length()))
                .where("/projects/{id}", "/projects/" + active())
                .where("{city}", CEBU)
                .where("{milestone}", "m1")
                .where("{number}", "1")
                .sending("PUT /api/v1/calls/{id}/terms", CallsOverHttpTest.terms())
                .sending("POST /api/v1/calls/{id}/readiness", """
                        {"lead":"%s","partners":["%s"]}""".formatted(HANOI, CEBU))
                .sending("POST /api/v1/proposals/{id}/readiness", """
                        {"summary":%s,"workPlan":%s,"part":%s}""".formatted(
                        summary(), workPlan(), part("300.00").replaceFirst("\\{", "{\"city\":\"" + CEBU + "\",")))
                .sending("POST /api/v1/calls/{id}/amendment", """
                        {"title":"Crafts, once more","reason":"A word was missing."}""")
                .sending("POST /api/v1/proposals", """
                        {"call":"%s","lead":"%s","title":"Another"}""".formatted(call(), HANOI))
                .sending("PUT /api/v1/proposals/{id}/summary", summary())
                .sending("PUT /api/v1/proposals/{id}/work-plan", workPlan())
                .sending("PUT /api/v1/proposals/{id}/partners/{city}/part", part("200.00"))
                .sending("POST /api/v1/proposals/{id}/partners", "{\"city\":\"%s\"}".formatted(CEBU))
                .sending("POST /api/v1/proposals/{id}/return", """
                        {"reason":"Mend it.","until":{"local":"%sT17:00","zone":"Asia/Bangkok"}}""".formatted(DATE))
                .sending("POST /api/v1/proposals/{id}/selection", reason)
                .sending("POST /api/v1/proposals/{id}/redactions", """
                        {"text":"Opening","reason":"It is so."}""")
                .sending("POST /api/v1/projects/{id}/redactions", """
                        {"text":"Opening","reason":"It is so."}""")
                .sending("POST /api/v1/projects/{id}/partnership-signatures", "{\"city\":\"%s\"}".formatted(HANOI))
                .sending("POST /api/v1/projects/{id}/milestones/{milestone}/report", """
                        {"text":"It took place.","evidence":[{"title":"Film","link":"https://example.org/film.mp4",
                         "checksum":"%s","mediaType":"video/mp4"}]}""".formatted("ab".repeat(32)))
                .sending("POST /api/v1/projects/{id}/milestones/{milestone}/postponement", """
                        {"due":"%s","reason":"The hall is being repaired."}""".formatted(
                                CallsOverHttpTest.day(200)))
                .sending("POST /operations/dead-letters/replay", """
                        {"consumer":"projects.city.cities","subject":"city/none"}""");
    }

    /// The id of a project that all partners and funds have signed.
    private String active() {
        String path = submitted();
        String id = path.substring("/api/v1/proposals/".length());
        done(secretariat.post(path + "/eligibility", "{\"eligible\":true,\"reason\":\"Complete.\"}"));
        done(secretariat.post(path + "/selection", "{\"reason\":\"The best.\"}"));
        for (String fund : List.of("fund-a", "fund-b")) {
            String agreement = UUID.randomUUID().toString();
            String facts = """
                    {"project":"%s","fund":"%s","funder":"xm-dac-41304","selection":1,"amount":{"amount":"1.00","currency":"EUR"}}""".formatted(id, fund);
            ForeignEvents.happened("funding", agreement, 2, "agreement.reserved", facts);
            ForeignEvents.happened("funding", agreement, 5, "agreement.in-force", facts);
        }
        String project = "/api/v1/projects/" + id;
        await().untilAsserted(() -> assertThat(anyone.get(project).status()).isEqualTo(200));
        for (String city : List.of(HANOI, CEBU))
            done((city.equals(HANOI) ? hanoiSigns : cebuSigns)
                    .post(project + "/partnership-signatures", "{\"city\":\"%s\"}".formatted(city)));
        await().untilAsserted(
                        () -> assertThat(anyone.get(project).text("/state")).isEqualTo("ACTIVE"));
        return id;
    }

    private static void done(Api.Reply reply) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    }
}
