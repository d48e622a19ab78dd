package koinon.cities.idea;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mongodb.core.MongoOperations;

@IntegrationTest(sharing = "cities")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class IdeasOverHttpTest {

    private static final String IDEAS = "/api/v1/ideas";

    @LocalServerPort
    private int port;

    @Autowired
    private MongoOperations mongo;

    private Api anyone;
    private Api secretariat;
    private Api editor;
    private Api guest;
    private String city;
    private String other;
    private String gathering;

    @BeforeEach
    void gathering() {
        String number = UUID.randomUUID().toString().substring(0, 8);
        anyone = Api.at(port);
        secretariat = anyone.as(Tokens.person("secretary").mandate("secretariat", "network"));
        city = member("Raiser " + number);
        other = member("Friend " + number);
        editor = anyone.as(Tokens.person("raiser").mandate("city-editor", "city/" + city));
        guest = anyone.as(Tokens.person("friend").mandate("city-editor", "city/" + other));
        gathering = secretariat
                .post("/api/v1/gatherings", """
                        {"kind": "forum", "title": {"text": "Ideas %s", "language": "en"}, "city": "%s",
                         "days": {"first": "2036-05-10", "last": "2036-05-12", "zone": "Asia/Ho_Chi_Minh"}}""".formatted(number, city))
                .text("/id");
        secretariat
                .with("If-Match", "*")
                .put("/api/v1/gatherings/" + gathering + "/sessions/opening", "{\"title\": \"Opening\"}");
    }

    @Test
    void an_idea_is_raised_liked_dropped_and_raised_again() {
        String path = raised();

        assertThat(guest.send("POST", path + "/interest/" + other, null).status())
                .isEqualTo(200);
        assertThat(editor.get(path).text("/interested/0")).isEqualTo(other);
        assertThat(guest.send("POST", path + "/interest/" + other + "/withdrawal", null)
                        .status())
                .isEqualTo(200);
        assertThat(guest.post(path + "/drop", "{\"reason\": \"why\"}").status()).isEqualTo(403);
        assertThat(editor.post(path + "/drop", "{\"reason\": \"No money.\"}").status())
                .isEqualTo(200);
        assertThat(secretariat
                        .post(path + "/drop-reversal", "{\"reason\": \"A fund.\"}")
                        .status())
                .isEqualTo(200);

        var read = guest.get(path);
        assertThat(read.text("/state")).isEqualTo("RAISED");
        assertThat(read.text("/session")).isEqualTo("opening");
        assertThat(read.text("/reason")).isEqualTo("A fund.");
        assertThat(read.version()).isEqualTo(5);
    }

    @Test
    void members_see_ideas_and_nobody_else_does() {
        String path = raised();
        Api funder = anyone.as(Tokens.person("officer").mandate("funder-officer", "funder/f"));

        assertThat(anyone.get(path).status()).isEqualTo(401);
        assertThat(funder.get(path).status()).isEqualTo(404);
        assertThat(funder.post(path + "/drop", "{\"reason\": \"why\"}").status())
                .isEqualTo(404);
        assertThat(funder.get(IDEAS + "?gathering=" + gathering).body().at("/items"))
                .isEmpty();
        assertThat(ids(guest, "gathering=" + gathering)).hasSize(1);
        assertThat(ids(guest, "city=" + other)).isEmpty();
        guest.send("POST", path + "/interest/" + other, null);
        assertThat(ids(guest, "city=" + other + "&state=RAISED")).hasSize(1);
        assertThat(ids(guest, "city=" + city + "&state=DROPPED")).isEmpty();
    }

    @Test
    void an_idea_of_a_city_that_left_and_of_a_gathering_that_is_none_is_refused() {
        assertThat(editor.post(IDEAS, body().replace("\"" + gathering + "\"", "\"none\""))
                        .violations())
                .containsExactly("/gathering There is no gathering none.");
        assertThat(editor.post(IDEAS, body().replace("opening", "closing")).violations())
                .containsExactly("/session The gathering has no session closing.");
        secretariat.post("/api/v1/cities/" + city + "/departure", "{\"reason\": \"It wants to.\"}");
        assertThat(editor.post(IDEAS, body()).text("/type")).isEqualTo("/problems/city-left");
    }

    @Test
    void an_idea_outlives_the_membership_of_the_city_that_raised_it() {
        String path = raised();

        secretariat.post("/api/v1/cities/" + city + "/departure", "{\"reason\": \"It wants to.\"}");

        assertThat(guest.get(path).text("/city")).isEqualTo(city);
        assertThat(guest.send("POST", path + "/interest/" + other, null).status())
                .isEqualTo(200);
        assertThat(secretariat
                        .post(path + "/drop", "{\"reason\": \"Nobody leads it.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(ids(guest, "city=" + city + "&state=DROPPED")).hasSize(1);
    }

    @Test
    void everything_that_is_wrong_with_an_idea_is_named() {
        assertThat(editor.post(IDEAS, "{\"title\": \" \", \"field\": \"Opera\", \"themes\": [\"\"]}")
                        .violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .containsExactlyInAnyOrder("/title", "/text", "/city", "/field", "/themes/0", "/gathering");
    }

    /// The file is never changed: it is a document that the first version stored, and stored documents stay readable.
    @Test
    void an_idea_that_the_first_version_stored_is_read_and_changed() throws Exception {
        mongo.insert(
                Document.parse(
                        new ClassPathResource("documents/idea-1.json").getContentAsString(StandardCharsets.UTF_8)),
                "ideas");
        String path = IDEAS + "/8f14e45f-ceea-467f-a8e1-2b8c6f3e1d11";

        assertThat(editor.get(path).text("/title")).isEqualTo("Stored idea");
        assertThat(editor.get(path).text("/interested/0")).isEqualTo("ph-cebu-city");
        assertThat(secretariat
                        .post(path + "/drop", "{\"reason\": \"It is old.\"}")
                        .text("/position"))
                .isEqualTo("idea/8f14e45f-ceea-467f-a8e1-2b8c6f3e1d11/3");
    }

    private List<String> ids(Api by, String query) {
        return by.get(IDEAS + "?" + query).body().at("/items").values().stream()
                .map(it -> it.path("id").asString())
                .toList();
    }

    private String raised() {
        var answer = editor.post(IDEAS, body());
        assertThat(answer.status()).isEqualTo(201);
        return answer.header("Location");
    }

    private String body() {
        return """
                {"title": "Craft routes", "text": "Workshops", "city": "%s", "field": "Design", "themes": ["crafts"],
                 "gathering": "%s", "session": "opening"}""".formatted(city, gathering);
    }

    private String member(String name) {
        String id = secretariat
                .post("/api/v1/cities", "{\"name\": \"%s\", \"country\": \"VN\"}".formatted(name))
                .text("/id");
        secretariat.post("/api/v1/cities/" + id + "/designation", "{\"field\": \"Design\"}");
        return id;
    }
}
