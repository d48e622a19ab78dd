package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import koinon.projects.ForeignEvents;
import koinon.projects.call.CallsOverHttpTest;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.time.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;

/// The people of these tests, and how they bring a proposal to a state over HTTP.
@IntegrationTest(sharing = "calls and proposals")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class OverHttp {

    static final String HANOI = "vn-hanoi";
    static final String CEBU = "ph-cebu-city";
    static final Tokens.Person SECRETARIAT = Tokens.person("amina").mandate("secretariat", "network");
    static final Tokens.Person AUDITOR = Tokens.person("olga").mandate("auditor", "network");
    static final Tokens.Person ELSEWHERE = Tokens.person("siri").mandate("city-editor", "city/th-bangkok");
    static final Tokens.Person OFFICER = Tokens.person("ole").mandate("funder-officer", "funder/xm-dac-41304");
    static final Tokens.Person OTHER_OFFICER = Tokens.person("odd").mandate("funder-officer", "funder/xx-other");

    @LocalServerPort
    private int port;

    @Autowired
    Clock clock;

    @Autowired
    MongoOperations mongo;

    Api anyone;
    Api secretariat;
    Api hanoi;
    Api hanoiSigns;
    Api cebu;
    Api cebuSigns;

    int port() {
        return port;
    }

    @BeforeEach
    void callers() {
        anyone = Api.at(port);
        secretariat = anyone.as(SECRETARIAT);
        hanoi = anyone.as(Tokens.person("ha").mandate("city-editor", "city/" + HANOI));
        hanoiSigns = anyone.as(Tokens.person("minh").mandate("city-signatory", "city/" + HANOI));
        cebu = anyone.as(Tokens.person("ana").mandate("city-editor", "city/" + CEBU));
        cebuSigns = anyone.as(Tokens.person("jose").mandate("city-signatory", "city/" + CEBU));
        ForeignEvents.city(HANOI, "Hà Nội", "VN", "Design");
        ForeignEvents.city(CEBU, "Cebu City", "PH", "Design");
        ForeignEvents.city("xx-gone", "Gone", "XX", "Film");
        ForeignEvents.happened("cities", "xx-gone", 3, "city.left", "{\"reason\":\"It asked to.\"}");
        ForeignEvents.fund("fund-a", "xm-dac-41304", "EUR");
        ForeignEvents.fund("fund-b", "sg-asean", "EUR");
    }

    @AfterEach
    void now() {
        ((TestClock) clock).reset();
    }

    String call() {
        return CallsOverHttpTest.published(secretariat);
    }

    String drafted() {
        return drafted("");
    }

    /// @param more members of the body, each after a comma
    String drafted(String more) {
        String body = "{\"call\":\"%s\",\"lead\":\"%s\",\"title\":\"Craft routes\"%s}".formatted(call(), HANOI, more);
        // The events of the lead city and of the origin arrive asynchronously.
        Api.Reply drafted = await().until(() -> hanoi.post("/api/v1/proposals", body), it -> it.status() == 201);
        assertThat(drafted.header("Location")).isEqualTo("/api/v1/proposals/" + drafted.text("/id"));
        return drafted.header("Location");
    }

    Api.Reply write(Api who, String path, String body) {
        return who.with("If-Match", who.get(path).header("ETag")).put(path, body);
    }

    static String part(String grant) {
        return """
                {"grant":{"amount":"%s","currency":"EUR"},"overhead":{"amount":"1000.00","currency":"EUR"},
                 "contributions":[{"source":"Budget","kind":"cash","amount":{"amount":"10000.00","currency":"EUR"}}],
                 "tasks":"Workshops"}""".formatted(grant);
    }

    static String summary() {
        return """
                {"title":"Craft routes","summary":"Workshops in both cities.","themes":["crafts"],"sdgs":[8,11],
                 "startsOn":"%s","endsOn":"%s"}""".formatted(CallsOverHttpTest.day(60), CallsOverHttpTest.day(460));
    }

    static String workPlan() {
        return """
                {"milestones":[{"id":"m1","title":"Opening","due":"%s","tranche":"interim","weight":3},
                               {"id":"m2","title":"Fair","due":"%s","tranche":"interim","weight":2}]}""".formatted(CallsOverHttpTest.day(100), CallsOverHttpTest.day(400));
    }

    void accepted(String path) {
        await().untilAsserted(() -> assertThat(hanoi.post(path + "/partners", "{\"city\":\"%s\"}".formatted(CEBU))
                        .status())
                .isEqualTo(200));
        assertThat(cebuSigns
                        .post(path + "/partners/" + CEBU + "/acceptance", "{}")
                        .status())
                .isEqualTo(200);
    }

    String submitted() {
        return submitted(drafted());
    }

    String submitted(String path) {
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

    static List<String> unmet(Api.Reply readiness) {
        List<String> rules = new ArrayList<>();
        readiness.body().path("findings").forEach(it -> {
            if (!it.path("met").asBoolean()) rules.add(it.path("rule").asString());
        });
        return rules;
    }
}
