package koinon.cities.city;

import java.util.stream.Stream;
import koinon.testing.access.AccessFixture;
import koinon.testing.access.AccessMatrix;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.context.WebApplicationContext;

/// Checks which caller may use which endpoint, as `infra/docs/access.md` specifies.
@IntegrationTest(sharing = "cities")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccessMatrixTest {

    @LocalServerPort
    private int port;

    @Autowired
    private WebApplicationContext context;

    @TestFactory
    Stream<DynamicTest> each_line_of_the_access_table_holds() {
        return matrix().access();
    }

    @TestFactory
    Stream<DynamicTest> what_is_hidden_is_answered_as_what_is_not_there() {
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

    /// A candidate city is the fixture; it hosts a gathering, in which a member has raised an idea.
    private AccessMatrix matrix() {
        Api secretariat = Api.at(port).as(Tokens.person("secretary").mandate("secretariat", "network"));
        secretariat.post("/api/v1/cities", "{\"name\":\"Vinh\",\"country\":\"VN\"}");
        secretariat.post("/api/v1/cities", "{\"name\":\"Bangkok\",\"country\":\"TH\"}");
        secretariat.post("/api/v1/cities/th-bangkok/designation", "{\"field\":\"Design\"}");
        secretariat.post("/api/v1/groups", group("Access group", "TH", ""));
        secretariat.post("/api/v1/gatherings", announcement("Access Forum"));
        // Another one, which the tests do not cancel.
        secretariat.post("/api/v1/gatherings", announcement("Idea Forum"));
        String gathering = "/gatherings/access-forum-2036-05-10";
        String idea = Api.at(port)
                .as(Tokens.person("editor").mandate("city-editor", "city/th-bangkok"))
                .post("/api/v1/ideas", idea())
                .text("/id");
        return AccessMatrix.of("cities", context, new AccessFixture("vn-vinh", "th-bangkok", "xm-dac-41304"))
                .where("/cities/{id}", "/cities/vn-vinh")
                .where("/groups/{id}", "/groups/access-group")
                .where("/gatherings/{id}", gathering)
                .where("/ideas/{id}", "/ideas/" + idea)
                .where("{session}", "opening")
                .where("{visit}", "survey")
                .where("{document}", "programme")
                .where("{report}", "all")
                .where("{city}", "th-bangkok")
                .sending("POST /api/v1/cities", "{\"name\":\"Pleiku\",\"country\":\"VN\"}")
                .sending("POST /api/v1/cities/{id}/designation", "{\"field\":\"Music\",\"year\":2023}")
                .sending("POST /api/v1/cities/{id}/field-change", "{\"field\":\"Film\"}")
                .sending(
                        "POST /api/v1/cities/{id}/correction",
                        "{\"latitude\": 18.67, \"longitude\": 105.69, \"reason\": \"It was unknown.\"}")
                .sending("PUT /api/v1/cities/{id}/names", """
                        {"ownName": {"text": "Vinh", "language": "vi"}, "otherNames": []}""")
                .sending("PUT /api/v1/cities/{id}/zone", "{\"zone\": \"Asia/Ho_Chi_Minh\"}")
                .sending("POST /api/v1/cities/imports", "name,country_alpha2,creative_field\nKon Tum,VN,Design\n")
                .sending("POST /api/v1/groups", group("Another group", "TH", ""))
                .sending("PUT /api/v1/groups/{id}/definition", group("", "VN", ", \"reason\": \"It moved.\""))
                .sending("POST /api/v1/gatherings", announcement("Another Forum"))
                .sending("PUT /api/v1/gatherings/{id}/arrangements", """
                        {"days": {"first": "2036-05-10", "last": "2036-05-13", "zone": "Asia/Ho_Chi_Minh"},
                         "otherNames": [{"text": "Diễn đàn", "language": "vi"}],
                         "registrationCloses": {"local": "2036-04-30T17:00", "zone": "Asia/Ho_Chi_Minh"},
                         "organisers": [{"name": "Department", "role": "host", "kind": "other"}],
                         "sources": [{"text": "News", "date": "2026-01-15", "link": "https://example.org/news"}],
                         "reason": "It is longer."}""")
                .sending("PUT /api/v1/gatherings/{id}/sessions/{session}", """
                        {"title": "Opening", "start": "2036-05-10T09:00", "end": "2036-05-10T10:00"}""")
                .sending("PUT /api/v1/gatherings/{id}/visits/{visit}", """
                        {"places": "Old quarter", "start": "2036-05-11T09:00", "end": "2036-05-11T10:00"}""")
                .sending("PUT /api/v1/gatherings/{id}/documents/{document}", """
                        {"title": "Programme", "link": "https://example.org/programme.pdf"}""")
                .sending("PUT /api/v1/gatherings/{id}/delegations/{city}", "{\"researchers\": 2}")
                .sending("PUT /api/v1/gatherings/{id}/delegations/{city}/attended", "{\"researchers\": 1}")
                .sending("PUT /api/v1/gatherings/{id}/attendance/{report}", """
                        {"whom": "Delegates", "figure": "over 100", "number": 100, "atLeast": true,
                         "source": {"text": "News"}}""")
                .sending("POST /api/v1/ideas", idea());
    }

    private static String group(String name, String country, String more) {
        String first = name.isEmpty() ? "" : "\"name\": \"" + name + "\", ";
        return "{" + first + "\"countries\": [\"" + country + "\"], \"source\": {\"text\": \"News\"}" + more + "}";
    }

    private static String announcement(String title) {
        return """
                {"kind": "forum", "title": {"text": "%s", "language": "en"}, "city": "vn-vinh",
                 "days": {"first": "2036-05-10", "last": "2036-05-12", "zone": "Asia/Ho_Chi_Minh"},
                 "organisers": [{"name": "Department", "role": "organiser", "kind": "city-department"}],
                 "sources": [{"text": "News", "date": "2026-01-15", "link": "https://example.org/news"}]}""".formatted(title);
    }

    private static String idea() {
        return """
                {"title": "Craft routes", "text": "Workshops", "city": "th-bangkok", "field": "Design",
                 "gathering": "idea-forum-2036-05-10"}""";
    }
}
