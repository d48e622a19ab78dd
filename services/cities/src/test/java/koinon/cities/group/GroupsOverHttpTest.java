package koinon.cities.group;

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
class GroupsOverHttpTest {

    private static final String GROUPS = "/api/v1/groups";
    private static final String SOURCE = "{\"text\": \"News\", \"date\": \"2025-10-26\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private MongoOperations mongo;

    private Api anyone;
    private Api secretariat;
    private String number;

    @BeforeEach
    void callers() {
        anyone = Api.at(port);
        secretariat = anyone.as(Tokens.person("secretary").mandate("secretariat", "network"));
        number = UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void asean_is_registered_with_its_members_and_read_by_everybody() {
        var registered = secretariat.post(GROUPS, """
                {"name": "ASEAN", "otherNames": [{"text": "Association of Southeast Asian Nations", "language": "en"}],
                 "countries": ["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN"],
                 "source": {"text": "ASEAN Member States", "link": "https://asean.org/"}}""");
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.header("Location")).isEqualTo("/api/v1/groups/asean");
        assertThat(registered.header("Koinon-Position")).isEqualTo("group/asean/1");

        assertThat(secretariat
                        .with("If-Match", "\"1\"")
                        .put(GROUPS + "/asean/definition", """
                                {"otherNames": [{"text": "Association of Southeast Asian Nations", "language": "en"}],
                                 "countries": ["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN", "TL"],
                                 "source": {"text": "ASEAN Member States", "date": "2025-10-26"},
                                 "reason": "Timor-Leste became a member."}""")
                        .status())
                .isEqualTo(200);

        var read = anyone.get(GROUPS + "/asean");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.version()).isEqualTo(2);
        assertThat(read.body().at("/countries")).hasSize(11);
        assertThat(read.text("/countries/10/id")).isEqualTo("TL");
        assertThat(read.text("/countries/10/name")).isEqualTo("Timor-Leste");
        assertThat(read.text("/source/date")).isEqualTo("2025-10-26");
        assertThat(read.text("/reason")).isEqualTo("Timor-Leste became a member.");
        assertThat(secretariat
                        .post(GROUPS, "{\"name\": \"Asean\", \"countries\": [\"VN\"], \"source\": " + SOURCE + "}")
                        .text("/type"))
                .isEqualTo("/problems/already-exists");
    }

    @Test
    void cities_are_listed_by_a_group_that_names_them_or_their_country() {
        String named = city("Named " + number, "NZ");
        String ofCountry = city("Country " + number, "WS");
        city("Other " + number, "NZ");
        String group = group("Group " + number, "\"countries\": [\"WS\"], \"cities\": [\"" + named + "\"]");

        assertThat(cities("group=" + group)).containsExactly(named, ofCountry);
        assertThat(cities("group=" + group + "&country=NZ")).containsExactly(named);
        assertThat(cities("group=" + group + "&name=country")).containsExactly(ofCountry);
        assertThat(anyone.get("/api/v1/cities?group=none").violations())
                .containsExactly("group There is no group none.");

        secretariat.post(GROUPS + "/" + group + "/retirement", "{\"reason\": \"It was dissolved.\"}");
        assertThat(cities("group=" + group)).containsExactly(named, ofCountry);
    }

    @Test
    void a_group_goes_through_its_lifecycle_and_lists_are_filtered_by_its_state() {
        String group = group("Life " + number, "\"countries\": [\"VN\"]");
        String path = GROUPS + "/" + group;

        assertThat(secretariat
                        .post(path + "/retirement", "{\"reason\": \"It was dissolved.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(groups("state=RETIRED")).contains(group);
        assertThat(groups("state=ACTIVE")).doesNotContain(group);
        assertThat(secretariat
                        .with("If-Match", "*")
                        .put(
                                path + "/definition",
                                "{\"countries\": [\"TH\"], \"source\": " + SOURCE + ", \"reason\": \"why\"}")
                        .text("/type"))
                .isEqualTo("/problems/wrong-state");
        assertThat(secretariat
                        .post(path + "/reopening", "{\"reason\": \"It was not.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(groups("limit=200")).contains(group);
        assertThat(anyone.get(GROUPS + "?state=GONE").status()).isEqualTo(400);
        assertThat(anyone.get(GROUPS + "/none").status()).isEqualTo(404);
    }

    @Test
    void a_group_without_members_or_with_unknown_ones_is_refused_where_it_is_wrong() {
        assertThat(pointers("\"countries\": [], \"source\": " + SOURCE)).containsExactly("/countries");
        assertThat(pointers("\"countries\": [\"VN\", \"ZZ\"], \"source\": " + SOURCE))
                .containsExactly("/countries/1");
        assertThat(pointers("\"cities\": [\"xx-nowhere\"], \"source\": " + SOURCE))
                .containsExactly("/cities/0");
        assertThat(pointers("\"countries\": [\"VN\"], \"coordinator\": \"xx-nowhere\", \"source\": " + SOURCE))
                .containsExactly("/coordinator");
        assertThat(pointers("\"countries\": [\"VN\"]")).containsExactly("/source");
        assertThat(pointers("\"countries\": \"VN\", \"source\": {\"text\": \"x\", \"link\": \"ftp://x\"}"))
                .contains("/countries");
    }

    /// The file is never changed: it is a document that the first version stored, and stored documents stay readable.
    @Test
    void a_group_that_the_first_version_stored_is_read_and_changed() throws Exception {
        mongo.insert(
                Document.parse(
                        new ClassPathResource("documents/group-1.json").getContentAsString(StandardCharsets.UTF_8)),
                "groups");

        var read = anyone.get(GROUPS + "/stored-group");
        assertThat(read.text("/name")).isEqualTo("Stored group");
        assertThat(read.text("/countries/0/name")).isEqualTo("Viet Nam");
        assertThat(read.text("/otherNames/0/language")).isEqualTo("vi");
        assertThat(read.text("/coordinator/id")).isEqualTo("vn-ha-noi");
        assertThat(secretariat
                        .post(GROUPS + "/stored-group/retirement", "{\"reason\": \"It is old.\"}")
                        .text("/position"))
                .isEqualTo("group/stored-group/3");
    }

    private List<String> pointers(String members) {
        var answer = secretariat.post(GROUPS, "{\"name\": \"Wrong " + number + "\", " + members + "}");
        assertThat(answer.status()).isEqualTo(400);
        return answer.violations().stream()
                .map(it -> it.substring(0, it.indexOf(' ')))
                .toList();
    }

    private String group(String name, String members) {
        var answer =
                secretariat.post(GROUPS, "{\"name\": \"" + name + "\", " + members + ", \"source\": " + SOURCE + "}");
        assertThat(answer.status()).isEqualTo(201);
        return answer.text("/id");
    }

    private String city(String name, String country) {
        var answer = secretariat.post(
                "/api/v1/cities",
                "{\"name\": \"%s\", \"country\": \"%s\", \"region\": %s}"
                        .formatted(name, country, "\"Asia and the Pacific\""));
        assertThat(answer.status()).isEqualTo(201);
        return answer.text("/id");
    }

    private List<String> cities(String query) {
        return ids("/api/v1/cities?" + query);
    }

    private List<String> groups(String query) {
        return ids(GROUPS + "?" + query);
    }

    private List<String> ids(String path) {
        return anyone.get(path).body().at("/items").values().stream()
                .map(it -> it.path("id").asString())
                .toList();
    }
}
