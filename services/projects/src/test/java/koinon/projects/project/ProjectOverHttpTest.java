package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.AGREEMENT;
import static koinon.projects.project.ProjectFixture.FUND;
import static koinon.projects.project.ProjectFixture.OTHER_AGREEMENT;
import static koinon.projects.project.ProjectFixture.OTHER_FUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.EventJson;
import koinon.eventing.model.EventEnvelope;
import koinon.projects.ForeignEvents;
import koinon.projects.project.agreement.KnownAgreement;
import koinon.projects.project.event.ProjectEvent;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TopicRecords;
import koinon.testing.time.Race;
import koinon.testing.time.TestClock;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

@IntegrationTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProjectOverHttpTest {

    private static final Tokens.Person HANOI_SIGNATORY =
            Tokens.person("minh").mandate("city-signatory", "city/vn-hanoi");
    private static final Tokens.Person HANOI_EDITOR = Tokens.person("ha").mandate("city-editor", "city/vn-hanoi");
    private static final Tokens.Person CEBU_SIGNATORY =
            Tokens.person("jose").mandate("city-signatory", "city/ph-cebu-city");
    private static final Tokens.Person SECRETARIAT = Tokens.person("amina").mandate("secretariat", "network");
    private static final Tokens.Person BOTH =
            Tokens.person("preecha").mandate("secretariat", "network").mandate("city-editor", "city/ph-cebu-city");

    @LocalServerPort
    private int port;

    @Autowired
    private Aggregates aggregates;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private TestClock clock;

    private Api anyone;
    private String id;
    private String path;

    @BeforeEach
    void approved() {
        anyone = Api.at(port);
        id = UUID.randomUUID().toString();
        path = "/api/v1/projects/" + id;
        on(AGREEMENT, FUND, KnownAgreement.State.RESERVED, 2);
        assertThat(anyone.as(SECRETARIAT).get(path).status())
                .as("a placeholder is not shown")
                .isEqualTo(404);
        aggregates.react(
                Project.class,
                id,
                new EventEnvelope("proposal/" + id, 9, Instant.now(), "system:projects", null),
                () -> Project.placeholder(id),
                (project, by) -> project.approved(1, ProjectFixture.approvedPlan(), by));
    }

    @AfterEach
    void theTimeOfTheMachine() {
        clock.reset();
    }

    private void on(String agreement, String fund, KnownAgreement.State state, long sequence) {
        aggregates.react(
                Project.class,
                id,
                new EventEnvelope("agreement/" + agreement, sequence, Instant.now(), "system:funding", null),
                () -> Project.placeholder(id),
                (project, by) -> project.agreementChanged(agreement, ProjectFixture.known(fund, state), by));
    }

    private void start() {
        on(AGREEMENT, FUND, KnownAgreement.State.IN_FORCE, 6);
        on(OTHER_AGREEMENT, OTHER_FUND, KnownAgreement.State.IN_FORCE, 6);
        assertThat(sign(HANOI_SIGNATORY, "vn-hanoi").status()).isEqualTo(200);
        assertThat(sign(CEBU_SIGNATORY, "ph-cebu-city").status()).isEqualTo(200);
    }

    private Api.Reply sign(Tokens.Person who, String city) {
        return anyone.as(who).post(path + "/partnership-signatures", "{\"city\": \"" + city + "\"}");
    }

    @Test
    void anyone_reads_what_it_is_about_and_only_who_takes_part_reads_more() {
        Api.Reply small = anyone.get(path);
        assertThat(small.status()).isEqualTo(200);
        assertThat(small.text("/title")).isEqualTo("Craft routes");
        assertThat(small.body().has("detail")).isFalse();
        assertThat(small.text("/origin/kind")).isEqualTo("idea");
        assertThat(small.text("/origin/id")).isEqualTo(ProjectFixture.IDEA.id());

        Api.Reply whole = anyone.as(HANOI_EDITOR).get(path);
        assertThat(whole.text("/detail/shares/0/grant/amount")).isEqualTo("60000.00");
        assertThat(whole.text("/detail/agreements/0/state")).isEqualTo("RESERVED");
        assertThat(whole.text("/detail/milestones/0/state")).isEqualTo("PLANNED");
        assertThat(small.header("ETag")).isNotEqualTo(whole.header("ETag"));

        assertThat(anyone.as(SECRETARIAT).get(path).body().has("detail")).isTrue();
        Tokens.Person elsewhere = Tokens.person("siriporn").mandate("city-editor", "city/th-bangkok");
        assertThat(anyone.as(elsewhere).get(path).body().has("detail")).isFalse();
    }

    @Test
    void an_event_of_an_agreement_changes_the_etag_of_the_project_and_not_its_version() {
        Api hanoi = anyone.as(HANOI_EDITOR);
        Api.Reply before = hanoi.get(path);
        assertThat(before.text("/detail/agreements/0/state")).isEqualTo("RESERVED");

        aggregates.react(
                Project.class,
                path.substring(path.lastIndexOf('/') + 1),
                new EventEnvelope("agreement/of-this-test", 900, Instant.now(), "system:funding", null),
                () -> Project.placeholder("none"),
                (project, by) -> project.agreementChanged(
                        before.text("/detail/agreements/0/id"),
                        ProjectFixture.known(FUND, KnownAgreement.State.OFFERED),
                        by));

        Api.Reply after = hanoi.with("If-None-Match", before.header("ETag")).get(path);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.text("/detail/agreements/0/state")).isEqualTo("OFFERED");
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(hanoi.with("If-None-Match", after.header("ETag")).get(path).status())
                .isEqualTo(304);
    }

    @Test
    void lists_filter_projects_by_state_city_and_call_and_contain_no_placeholder() {
        String placeholder = UUID.randomUUID().toString();
        aggregates.react(
                Project.class,
                placeholder,
                new EventEnvelope("agreement/x", 1, Instant.now(), "system:funding", null),
                () -> Project.placeholder(placeholder),
                (project, by) ->
                        project.agreementChanged("x", ProjectFixture.known(FUND, KnownAgreement.State.REQUESTED), by));
        String call = ProjectFixture.approvedPlan().call();
        for (String query : new String[] {"", "&state=CONTRACTING", "&city=ph-cebu-city", "&call=" + call})
            assertThat(anyone.get("/api/v1/projects?limit=200" + query).body().toString())
                    .contains(id)
                    .doesNotContain(placeholder);
        assertThat(anyone.get("/api/v1/projects?city=th-bangkok").body().toString())
                .doesNotContain(id);
        assertThat(anyone.get("/api/v1/projects?state=PLACEHOLDER").body().toString())
                .doesNotContain(placeholder);
        assertThat(anyone.get("/api/v1/projects?state=NONSENSE").status()).isEqualTo(400);
    }

    @Test
    void a_concurrent_verification_and_withdrawal_leave_the_state_that_both_were_answered() throws Exception {
        start();
        String milestone = path + "/milestones/m1";
        Api first = anyone.as(SECRETARIAT);
        Api second = anyone.as(Tokens.person("beatriz").mandate("secretariat", "network"));
        for (int round = 0; round < 20; round++) {
            assertThat(anyone.as(HANOI_EDITOR)
                            .post(milestone + "/report", "{\"text\":\"Done.\"}")
                            .status())
                    .isEqualTo(200);
            List<Integer> statuses = Race.of(
                    2,
                    n -> (n == 0
                                    ? first.post(milestone + "/verification", "{\"achieved\":1}")
                                    : second.post(
                                            milestone + "/verification-withdrawal", "{\"reason\":\"Too early.\"}"))
                            .status());

            assertThat(statuses.getFirst()).isEqualTo(200);
            assertThat(statuses.getLast()).isIn(200, 409);
            assertThat(first.get(milestone).text("/state"))
                    .isEqualTo(statuses.getLast() == 200 ? "RETURNED" : "VERIFIED");
            if (statuses.getLast() == 409)
                assertThat(second.post(milestone + "/verification-withdrawal", "{\"reason\":\"Too early.\"}")
                                .status())
                        .isEqualTo(200);
        }
        int before = 4;
        assertThat(TopicRecords.of("koinon.projects").messages(id, before + 60).stream()
                        .skip(before)
                        .map(it -> it.headers().get("ce_type").replaceAll("koinon.project.|.v1", "")))
                .isEqualTo(Stream.generate(
                                () -> List.of("milestone-reported", "milestone-verified", "verification-withdrawn"))
                        .limit(20)
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void of_two_concurrent_verifications_one_is_told_that_it_is_done() throws Exception {
        start();
        String milestone = path + "/milestones/m1";
        assertThat(anyone.as(HANOI_EDITOR)
                        .post(milestone + "/report", "{\"text\":\"Done.\"}")
                        .status())
                .isEqualTo(200);

        assertThat(Race.of(
                        2,
                        n -> anyone.as(SECRETARIAT)
                                .post(milestone + "/verification", "{\"achieved\":1}")
                                .status()))
                .containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void at_the_last_signature_it_starts_and_publishes_the_event() {
        start();
        assertThat(anyone.get(path).text("/state")).isEqualTo("ACTIVE");
        assertThat(TopicRecords.of("koinon.projects").messages(id, 4))
                .extracting(it -> it.headers().get("ce_type"))
                .containsExactly(
                        "koinon.project.created.v1",
                        "koinon.project.partnership-signed.v1",
                        "koinon.project.partnership-signed.v1",
                        "koinon.project.started.v1");
    }

    @Test
    void a_milestone_is_reported_and_verified_each_time_on_the_version_that_was_read() {
        start();
        String milestone = path + "/milestones/m1";
        Api hanoi = anyone.as(HANOI_EDITOR);
        String read = hanoi.get(milestone).header("ETag");
        assertThat(hanoi.with("If-Match", read)
                        .post(milestone + "/report", "{\"text\": \"It took place.\"}")
                        .status())
                .isEqualTo(200);
        Api secretariat = anyone.as(SECRETARIAT);
        String verification = "{\"achieved\": 0.5, \"reason\": \"Half of it.\"}";
        assertThat(secretariat
                        .with("If-Match", read)
                        .post(milestone + "/verification", verification)
                        .status())
                .isEqualTo(412);
        assertThat(secretariat
                        .with("If-Match", hanoi.get(milestone).header("ETag"))
                        .post(milestone + "/verification", verification)
                        .status())
                .isEqualTo(200);
        assertThat(hanoi.get(milestone).text("/state")).isEqualTo("VERIFIED");
        assertThat(hanoi.get(milestone).text("/achieved")).isEqualTo("0.5");
    }

    @Test
    void a_report_has_evidence_which_those_read_who_read_its_text() {
        start();
        String milestone = path + "/milestones/m1";
        Api hanoi = anyone.as(HANOI_EDITOR);
        assertThat(hanoi.get(milestone).body().path("evidence").isEmpty()).isTrue();
        assertThat(hanoi.post(milestone + "/report", """
                                {"text":"It took place.","evidence":[{"title":"","link":"http://example.org"},
                                 {"title":"Film","link":"ftp://example.org","checksum":"ab","mediaType":"film"}]}""").violations())
                .extracting(it -> it.replaceFirst(" .*", ""))
                .containsExactly("/evidence/0/title", "/evidence/1/checksum");
        assertThat(hanoi.post(milestone + "/report", """
                                {"text":"It took place.","evidence":[{"title":"Film","link":"http://example.org",
                                 "mediaType":"film"}]}""").violations())
                .containsExactlyInAnyOrder(
                        "/evidence/0/mediaType A media type such as application/pdf is expected.",
                        "/evidence/0/link A link that begins with https:// is expected, of at most 2000 characters.");

        assertThat(hanoi.post(milestone + "/report", """
                                {"text":"It took place.","evidence":[{"title":"Film","link":"https://example.org/film.mp4",
                                 "checksum":"%s","mediaType":"video/mp4"}]}""".formatted("ab".repeat(32)))
                        .status())
                .isEqualTo(200);

        assertThat(hanoi.get(milestone).body().at("/evidence/0").toString()).isEqualTo("""
                {"title":"Film","link":"https://example.org/film.mp4","checksum":"%s","mediaType":"video/mp4"}""".formatted("ab".repeat(32)));
        assertThat(anyone.get(milestone).body().toString()).doesNotContain("Film");
    }

    @Test
    void a_milestone_is_postponed_by_the_lead_and_the_secretariat_together() {
        start();
        clock.set(ProjectFixture.NOW);
        String milestone = path + "/milestones/m1";
        Api hanoi = anyone.as(HANOI_SIGNATORY);
        Api secretariat = anyone.as(SECRETARIAT);
        String reason = "{\"reason\": \"There is no other hall.\"}";
        assertThat(hanoi.post(milestone + "/postponement", "{\"due\": \"2027-01-01\", \"reason\": \"Repairs.\"}")
                        .violations())
                .containsExactly("/due The project ends on 2026-12-31; its milestones are due by then.");
        String read = hanoi.get(milestone).header("ETag");
        assertThat(hanoi.with("If-Match", read)
                        .post(milestone + "/postponement", "{\"due\": \"2026-12-31\", \"reason\": \"Repairs.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(hanoi.get(milestone).text("/due")).isEqualTo("2026-06-01");
        assertThat(hanoi.get(milestone).text("/postponement/due")).isEqualTo("2026-12-31");
        assertThat(hanoi.get(milestone).text("/postponement/reason")).isEqualTo("Repairs.");
        assertThat(anyone.as(BOTH)
                        .post(milestone + "/postponement/refusal", reason)
                        .text("/type"))
                .isEqualTo("/problems/partner-mandate");
        assertThat(secretariat
                        .with("If-Match", read)
                        .post(milestone + "/postponement/agreement", reason)
                        .status())
                .as("the request came in between")
                .isEqualTo(412);
        assertThat(secretariat
                        .post(milestone + "/postponement/agreement", reason)
                        .status())
                .isEqualTo(200);
        assertThat(hanoi.get(milestone).text("/due")).isEqualTo("2026-12-31");
        assertThat(hanoi.get(milestone).body().has("postponement")).isFalse();
        assertThat(hanoi.post(milestone + "/postponement/withdrawal", reason).text("/type"))
                .isEqualTo("/problems/no-postponement");
        String other = path + "/milestones/m2";
        hanoi.post(other + "/postponement", "{\"due\": \"2026-10-15\", \"reason\": \"Repairs.\"}");
        assertThat(secretariat.post(other + "/postponement/refusal", reason).status())
                .isEqualTo(200);
        hanoi.post(other + "/postponement", "{\"due\": \"2026-10-15\", \"reason\": \"Repairs.\"}");
        assertThat(hanoi.post(other + "/postponement/withdrawal", reason).status())
                .isEqualTo(200);
        assertThat(hanoi.get(other).text("/due")).isEqualTo("2026-09-01");
    }

    @Test
    void what_may_not_be_is_answered_with_its_rule_and_changes_nothing() {
        start();
        String milestone = path + "/milestones/m1";
        anyone.as(HANOI_EDITOR).post(milestone + "/report", "{\"text\": \"It took place.\"}");
        String before = anyone.as(SECRETARIAT).get(path).header("ETag");

        Api.Reply partner = anyone.as(BOTH).post(milestone + "/verification", "{\"achieved\": 1}");
        assertThat(partner.status()).isEqualTo(403);
        assertThat(partner.text("/type")).isEqualTo("/problems/partner-mandate");
        assertThat(anyone.post(milestone + "/verification", "{\"achieved\": 1}").status())
                .isEqualTo(401);
        assertThat(anyone.as(SECRETARIAT)
                        .post(milestone + "/verification", "{\"achieved\": 1.5, \"grade\": 1}")
                        .violations())
                .containsExactly("/grade Unknown field.", "/achieved At most 1 is allowed.");
        assertThat(anyone.as(SECRETARIAT)
                        .post(milestone + "/verification", "{\"achieved\": 1.5}")
                        .violations())
                .containsExactly("/achieved At most 1 is allowed.");
        assertThat(anyone.as(SECRETARIAT)
                        .post(path + "/milestones/m9/verification", "{\"achieved\": 1}")
                        .status())
                .isEqualTo(404);
        Api.Reply open = anyone.as(SECRETARIAT).post(path + "/completion", "{\"reason\": \"Done.\"}");
        assertThat(open.text("/type")).isEqualTo("/problems/milestones-open");
        assertThat(anyone.as(SECRETARIAT).post(path + "/suspension", "{}").violations())
                .containsExactly("/reason This is required.");

        assertThat(anyone.as(SECRETARIAT).get(path).header("ETag")).isEqualTo(before);
    }

    @Test
    void the_secretariat_suspends_resumes_terminates_and_closes_it() {
        start();
        Api secretariat = anyone.as(SECRETARIAT);
        String reason = "{\"reason\": \"The council was dissolved.\"}";
        assertThat(secretariat.post(path + "/suspension", reason).status()).isEqualTo(200);
        assertThat(secretariat.post(path + "/resumption", reason).status()).isEqualTo(200);
        assertThat(secretariat.post(path + "/termination", reason).status()).isEqualTo(200);
        Api.Reply open = secretariat.post(path + "/closure", reason);
        assertThat(open.status()).isEqualTo(409);
        assertThat(open.text("/detail")).contains(AGREEMENT).contains(OTHER_AGREEMENT);
        on(AGREEMENT, FUND, KnownAgreement.State.CLOSED, 9);
        on(OTHER_AGREEMENT, OTHER_FUND, KnownAgreement.State.RELEASED, 9);
        assertThat(secretariat.post(path + "/closure", reason).status()).isEqualTo(200);
        assertThat(anyone.get(path).text("/state")).isEqualTo("CLOSED");
    }

    @Test
    void a_repeated_event_has_no_effect() {
        on(AGREEMENT, FUND, KnownAgreement.State.IN_FORCE, 6);
        on(AGREEMENT, FUND, KnownAgreement.State.OFFERED, 5);
        assertThat(anyone.as(SECRETARIAT).get(path).text("/detail/agreements/0/state"))
                .isEqualTo("IN_FORCE");
    }

    @Test
    void it_receives_its_agreements_and_its_approval_from_the_topics_in_any_order_and_twice() {
        String other = UUID.randomUUID().toString();
        String about =
                "{\"project\":\"%s\",\"fund\":\"%s\",\"funder\":\"%s\"}".formatted(other, FUND, ProjectFixture.FUNDER);
        String said = EventJson.mapper()
                .writeValueAsString(new ProjectEvent.ProjectCreated(1, ProjectFixture.approvedPlan()));
        ForeignEvents.happened("funding", "agreement-of-" + other, 7, "agreement.in-force", about);
        ForeignEvents.happened("funding", "agreement-of-" + other, 6, "agreement.signed", about);
        ForeignEvents.happened("projects", other, 12, "proposal.approved", said);
        Api hanoi = anyone.as(HANOI_EDITOR);
        await().untilAsserted(
                        () -> assertThat(hanoi.get("/api/v1/projects/" + other).text("/detail/agreements/0/state"))
                                .isEqualTo("IN_FORCE"));
        assertThat(hanoi.get("/api/v1/projects/" + other).text("/state")).isEqualTo("CONTRACTING");
        assertThat(hanoi.get("/api/v1/projects/" + other).version())
                .as("created once")
                .isEqualTo(1);
    }

    @Test
    void a_document_of_the_first_version_is_read_and_changed() throws Exception {
        Document stored = Document.parse(
                new ClassPathResource("documents/project-1.json").getContentAsString(StandardCharsets.UTF_8));
        mongo.getCollection("projects").insertOne(stored);
        String old = "/api/v1/projects/" + stored.getString("_id");
        Api.Reply read = anyone.as(HANOI_EDITOR).get(old);
        assertThat(read.text("/state")).isEqualTo("ACTIVE");
        assertThat(read.text("/detail/milestones/0/achieved")).isEqualTo("0.5");
        assertThat(read.text("/detail/shares/0/grant/amount")).isEqualTo("60000.00");
        assertThat(anyone.as(SECRETARIAT)
                        .post(old + "/suspension", "{\"reason\": \"Flood.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(anyone.get(old).text("/state")).isEqualTo("SUSPENDED");
    }

    private static JsonNode action(Api.Reply reply, String list, String name) {
        return reply.body()
                .at(list)
                .valueStream()
                .filter(it -> it.path("action").asString("").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + reply.body()));
    }

    @Test
    void a_read_says_what_can_be_done_next_and_whether_this_caller_can_do_it() {
        JsonNode own = action(anyone.as(HANOI_SIGNATORY).get(path), "/detail/nextActions", "partnership.sign");
        assertThat(own.path("subject").asString()).isEqualTo("partnership/vn-hanoi");
        assertThat(own.path("possible").asBoolean()).isTrue();
        assertThat(own.at("/says/text").asString()).isEqualTo("Sign the partnership agreement.");

        JsonNode others = action(anyone.as(SECRETARIAT).get(path), "/detail/nextActions", "partnership.sign");
        assertThat(others.path("possible").asBoolean()).isFalse();
        assertThat(others.at("/whyNot/key").asString()).isEqualTo("no-mandate");

        JsonNode early = action(anyone.as(HANOI_EDITOR).get(path), "/detail/nextActions", "milestone.report");
        assertThat(early.at("/whyNot/key").asString()).isEqualTo("project-active");
        assertThat(early.has("due")).isTrue();
        assertThat(anyone.get(path).body().toString()).doesNotContain("nextActions");
    }

    @Test
    void the_reporter_of_a_milestone_is_told_that_another_person_verifies_it() {
        start();
        Tokens.Person both = HANOI_EDITOR.mandate("secretariat", "network");
        assertThat(anyone.as(HANOI_EDITOR)
                        .post(path + "/milestones/m1/report", "{\"text\": \"It took place.\"}")
                        .status())
                .isEqualTo(200);
        JsonNode own = action(anyone.as(both).get(path), "/detail/nextActions", "milestone.verify");
        assertThat(own.at("/whyNot/key").asString()).isEqualTo("partner-mandate");
        assertThat(own.has("notBy")).isFalse();
        JsonNode other = action(anyone.as(SECRETARIAT).get(path), "/detail/nextActions", "milestone.verify");
        assertThat(other.path("possible").asBoolean()).isTrue();
    }
}
