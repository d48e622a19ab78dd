package koinon.projects.project;

import static koinon.projects.project.Stage.AGREEMENT;
import static koinon.projects.project.Stage.FUND;
import static koinon.projects.project.Stage.OTHER_AGREEMENT;
import static koinon.projects.project.Stage.OTHER_FUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.platform.document.Aggregates;
import koinon.platform.document.EventJson;
import koinon.platform.model.Heard;
import koinon.projects.Elsewhere;
import koinon.projects.project.KnownAgreement.Standing;
import koinon.testing.Api;
import koinon.testing.Race;
import koinon.testing.RealParts;
import koinon.testing.TestClock;
import koinon.testing.Tokens;
import koinon.testing.Topic;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mongodb.core.MongoOperations;

@RealParts
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
        hear(AGREEMENT, FUND, Standing.RESERVED, 2);
        assertThat(anyone.as(SECRETARIAT).get(path).status())
                .as("only awaited, it is not shown")
                .isEqualTo(404);
        aggregates.react(
                Project.class,
                id,
                new Heard("proposal/" + id, 9, Instant.now(), "system:projects", null),
                () -> Project.awaited(id),
                (project, by) -> project.approved(1, Stage.award(), by));
    }

    @AfterEach
    void theTimeOfTheMachine() {
        clock.reset();
    }

    private void hear(String agreement, String fund, Standing standing, long sequence) {
        aggregates.react(
                Project.class,
                id,
                new Heard("agreement/" + agreement, sequence, Instant.now(), "system:funding", null),
                () -> Project.awaited(id),
                (project, by) -> project.heard(agreement, new KnownAgreement(fund, standing), by));
    }

    private void start() {
        hear(AGREEMENT, FUND, Standing.IN_FORCE, 6);
        hear(OTHER_AGREEMENT, OTHER_FUND, Standing.IN_FORCE, 6);
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
    void what_is_heard_of_an_agreement_changes_the_etag_of_the_project_and_not_its_version() {
        Api hanoi = anyone.as(HANOI_EDITOR);
        Api.Reply before = hanoi.get(path);
        assertThat(before.text("/detail/agreements/0/state")).isEqualTo("RESERVED");

        aggregates.react(
                Project.class,
                path.substring(path.lastIndexOf('/') + 1),
                new Heard("agreement/of-this-test", 900, Instant.now(), "system:funding", null),
                () -> Project.awaited("none"),
                (project, by) -> project.heard(
                        before.text("/detail/agreements/0/id"), new KnownAgreement(FUND, Standing.OFFERED), by));

        Api.Reply after = hanoi.with("If-None-Match", before.header("ETag")).get(path);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.text("/detail/agreements/0/state")).isEqualTo("OFFERED");
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(hanoi.with("If-None-Match", after.header("ETag")).get(path).status())
                .isEqualTo(304);
    }

    @Test
    void lists_name_projects_by_state_city_and_call_and_none_that_is_only_awaited() {
        String awaited = UUID.randomUUID().toString();
        aggregates.react(
                Project.class,
                awaited,
                new Heard("agreement/x", 1, Instant.now(), "system:funding", null),
                () -> Project.awaited(awaited),
                (project, by) -> project.heard("x", new KnownAgreement(FUND, Standing.REQUESTED), by));
        String call = Stage.award().call();
        for (String query : new String[] {"", "&state=CONTRACTING", "&city=ph-cebu-city", "&call=" + call})
            assertThat(anyone.get("/api/v1/projects?limit=200" + query).body().toString())
                    .contains(id)
                    .doesNotContain(awaited);
        assertThat(anyone.get("/api/v1/projects?city=th-bangkok").body().toString())
                .doesNotContain(id);
        assertThat(anyone.get("/api/v1/projects?state=AWAITED").body().toString())
                .doesNotContain(awaited);
        assertThat(anyone.get("/api/v1/projects?state=NONSENSE").status()).isEqualTo(400);
    }

    @Test
    void a_verification_and_its_withdrawal_at_once_leave_what_both_were_told() throws Exception {
        start();
        String milestone = path + "/milestones/m1";
        Api first = anyone.as(SECRETARIAT);
        Api second = anyone.as(Tokens.person("beatriz").mandate("secretariat", "network"));
        for (int round = 0; round < 20; round++) {
            assertThat(anyone.as(HANOI_EDITOR)
                            .post(milestone + "/report", "{\"text\":\"Done.\"}")
                            .status())
                    .isEqualTo(200);
            List<Integer> told = Race.of(
                    2,
                    n -> (n == 0
                                    ? first.post(milestone + "/verification", "{\"achieved\":1}")
                                    : second.post(
                                            milestone + "/verification-withdrawal", "{\"reason\":\"Too early.\"}"))
                            .status());

            assertThat(told.getFirst()).isEqualTo(200);
            assertThat(told.getLast()).isIn(200, 409);
            assertThat(first.get(milestone).text("/state")).isEqualTo(told.getLast() == 200 ? "RETURNED" : "VERIFIED");
            if (told.getLast() == 409)
                assertThat(second.post(milestone + "/verification-withdrawal", "{\"reason\":\"Too early.\"}")
                                .status())
                        .isEqualTo(200);
        }
        int before = 4;
        assertThat(Topic.of("koinon.projects").messages(id, before + 60).stream()
                        .skip(before)
                        .map(it -> it.headers().get("ce_type").replaceAll("koinon.project.|.v1", "")))
                .isEqualTo(Stream.generate(
                                () -> List.of("milestone-reported", "milestone-verified", "verification-withdrawn"))
                        .limit(20)
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void of_two_who_verify_at_once_one_is_told_that_it_is_done() throws Exception {
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
    void at_the_last_signature_it_starts_and_says_so_on_the_topic() {
        start();
        assertThat(anyone.get(path).text("/state")).isEqualTo("ACTIVE");
        assertThat(Topic.of("koinon.projects").messages(id, 4))
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
    void a_milestone_is_postponed_by_the_lead_and_the_secretariat_together() {
        start();
        clock.set(Stage.NOW);
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
                .containsExactly("/grade There is no such field here.", "/achieved At most 1 is allowed.");
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
        hear(AGREEMENT, FUND, Standing.CLOSED, 9);
        hear(OTHER_AGREEMENT, OTHER_FUND, Standing.RELEASED, 9);
        assertThat(secretariat.post(path + "/closure", reason).status()).isEqualTo(200);
        assertThat(anyone.get(path).text("/state")).isEqualTo("CLOSED");
    }

    @Test
    void an_event_that_was_heard_before_has_no_effect() {
        hear(AGREEMENT, FUND, Standing.IN_FORCE, 6);
        hear(AGREEMENT, FUND, Standing.OFFERED, 5);
        assertThat(anyone.as(SECRETARIAT).get(path).text("/detail/agreements/0/state"))
                .isEqualTo("IN_FORCE");
    }

    @Test
    void it_hears_of_its_agreements_and_its_approval_from_the_topics_in_any_order_and_twice() {
        String other = UUID.randomUUID().toString();
        String about = "{\"project\":\"%s\",\"fund\":\"%s\"}".formatted(other, FUND);
        String said = EventJson.mapper().writeValueAsString(new ProjectEvent.ProjectCreated(1, Stage.award()));
        Elsewhere.happened("funding", "agreement-of-" + other, 7, "agreement.in-force", about);
        Elsewhere.happened("funding", "agreement-of-" + other, 6, "agreement.signed", about);
        Elsewhere.happened("projects", other, 12, "proposal.approved", said);
        Api hanoi = anyone.as(HANOI_EDITOR);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
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
}
