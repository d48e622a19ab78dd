package koinon.cities.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TopicRecords;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mongodb.core.MongoOperations;

@IntegrationTest(sharing = "cities")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CitiesOverHttpTest {

    private static final Tokens.Person SECRETARIAT = Tokens.person("secretary").mandate("secretariat", "network");

    @LocalServerPort
    private int port;

    @Autowired
    private MongoOperations mongo;

    private Api anyone;
    private Api secretariat;

    @BeforeEach
    void callers() {
        anyone = Api.at(port);
        secretariat = anyone.as(SECRETARIAT);
    }

    @Test
    void a_registered_city_can_be_read_by_anyone_under_the_place_that_was_answered() {
        var registered = secretariat.post("/api/v1/cities", """
                {"name": "Đà Nẵng", "country": "VN", "latitude": 16.06778, "longitude": 108.22083}""");

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.header("Location")).isEqualTo("/api/v1/cities/vn-da-nang");
        assertThat(registered.header("ETag")).isEqualTo("\"1\"");
        assertThat(registered.header("Koinon-Position")).isEqualTo("city/vn-da-nang/1");

        var read = anyone.get(registered.header("Location"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("ETag")).matches("\"1-[A-Za-z0-9_-]{22}\"");
        assertThat(read.response().body())
                .isEqualTo(
                        "{\"id\":\"vn-da-nang\",\"version\":1,\"name\":\"Đà Nẵng\",\"country\":\"VN\",\"countryName\":\"Viet Nam\","
                                + "\"region\":\"Asia and the Pacific\",\"latitude\":16.06778,\"longitude\":108.22083,"
                                + "\"otherNames\":[],\"state\":\"CANDIDATE\"}");
    }

    @Test
    void what_happens_to_a_city_arrives_on_the_topic_in_order_with_who_and_under_which_mandate() {
        String city = member("Hoi An", "VN", "Crafts and Folk Art");
        secretariat.post("/api/v1/cities/" + city + "/field-change", "{\"field\": \"Design\"}");

        List<TopicRecords.Message> messages = TopicRecords.of("koinon.cities").messages(city, 3);

        assertThat(messages)
                .extracting(it -> it.headers().get("ce_type"))
                .containsExactly(
                        "koinon.city.registered.v1", "koinon.city.designated.v1", "koinon.city.field-changed.v1");
        assertThat(messages.get(1).value()).isEqualTo("{\"field\":\"Crafts and Folk Art\",\"year\":2023}");
        assertThat(messages.get(1).headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "city/" + city + "/2")
                .containsEntry("ce_source", "/koinon/cities")
                .containsEntry("ce_subject", "city/" + city)
                .containsEntry("ce_sequence", "2")
                .containsKey("ce_actor")
                .doesNotContainValue(SECRETARIAT.subject())
                .hasEntrySatisfying("ce_mandate", it -> assertThat(it).endsWith(":secretariat@network"))
                .containsEntry("content-type", "application/json")
                .containsKeys("ce_time", "ce_previous", "traceparent")
                .doesNotContainKey("ce_cause");
        assertThat(messages.getFirst().headers()).doesNotContainKey("ce_previous");
    }

    @Test
    void a_member_goes_through_its_whole_lifecycle() {
        String city = member("Jeju", "KR", "Film");
        String path = "/api/v1/cities/" + city;

        assertThat(secretariat
                        .post(path + "/invitation-to-leave", "{\"reason\": \"No report.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(secretariat
                        .post(path + "/field-change", "{\"field\": \"Music\"}")
                        .text("/type"))
                .isEqualTo("/problems/wrong-state");
        assertThat(secretariat
                        .post(path + "/departure", "{\"reason\": \"It agreed.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(anyone.get(path).text("/state")).isEqualTo("LEFT");
        assertThat(anyone.get(path).text("/reason")).isEqualTo("It agreed.");
    }

    @Test
    void a_request_sent_again_with_its_key_is_answered_the_same_and_another_one_is_refused() {
        Api keyed = secretariat.with("Idempotency-Key", UUID.randomUUID().toString());
        String body = "{\"name\": \"Granada\", \"country\": \"ES\"}";

        var first = keyed.post("/api/v1/cities", body);
        var again = keyed.post("/api/v1/cities", body);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(keyed.post("/api/v1/cities", body.replace("}", ", \"cooperating\": true}"))
                        .status())
                .isEqualTo(422);
        var other = secretariat.post("/api/v1/cities", body);
        assertThat(other.text("/type")).isEqualTo("/problems/already-exists");
        assertThat(other.text("/detail")).contains("say in qualifier which one it is");
        assertThat(anyone.get("/api/v1/cities/es-granada").version()).isEqualTo(1);
    }

    @Test
    void a_key_stands_for_one_city_whatever_its_id() {
        Api keyed = secretariat.with("Idempotency-Key", UUID.randomUUID().toString());
        assertThat(keyed.post("/api/v1/cities", "{\"name\": \"Sucha\", \"country\": \"PL\"}")
                        .status())
                .isEqualTo(201);

        assertThat(keyed.post("/api/v1/cities", "{\"name\": \"Lanckorona\", \"country\": \"PL\"}")
                        .status())
                .isEqualTo(422);
        assertThat(anyone.get("/api/v1/cities/pl-lanckorona").status()).isEqualTo(404);
        assertThat(keyed.post("/api/v1/cities", "{\"country\":\"PL\",\"name\":\"Sucha\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void two_cities_of_one_name_in_two_countries_are_two_cities() {
        register("Valencia", "ES");
        register("Valencia", "VE");

        assertThat(anyone.get("/api/v1/cities?name=valencia").body().at("/items"))
                .hasSize(2);
    }

    @Test
    void a_command_on_an_older_version_is_refused_and_changes_nothing() {
        String city = member("Oslo", "NO", "Design");
        var answer = secretariat
                .with("If-Match", "\"1\"")
                .post("/api/v1/cities/" + city + "/field-change", "{\"field\": \"Music\"}");

        assertThat(answer.status()).isEqualTo(412);
        assertThat(anyone.get("/api/v1/cities/" + city).text("/field")).isEqualTo("Design");
        assertThat(secretariat
                        .with("If-Match", "\"2\"")
                        .post("/api/v1/cities/" + city + "/field-change", "{\"field\": \"Music\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_region_is_named_by_the_secretariat_only_where_UNESCO_names_none() {
        assertThat(secretariat
                        .post("/api/v1/cities", "{\"name\": \"Dili\", \"country\": \"TL\"}")
                        .violations())
                .singleElement()
                .asString()
                .startsWith("/region UNESCO puts Timor-Leste in no region");
        assertThat(secretariat
                        .post(
                                "/api/v1/cities",
                                "{\"name\": \"Dili\", \"country\": \"TL\", \"region\": \"Asia and the Pacific\"}")
                        .status())
                .isEqualTo(201);
        assertThat(secretariat
                        .post("/api/v1/cities", "{\"name\": \"Huế\", \"country\": \"VN\", \"region\": \"Arab States\"}")
                        .violations())
                .containsExactly("/region UNESCO puts Viet Nam in Asia and the Pacific.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                   | /country /name
        {"name": 5, "country": true}                                         | /country /name
        {"name": " ", "country": "ZZ"}                                       | /country /name
        {"name": "Bergen", "country": "Norway"}                              | /country
        {"name": "Bergen", "country": "NO", "latitude": 91, "longitude": 0}  | /latitude
        {"name": "Bergen", "country": "NO", "latitude": 60}                  | /longitude
        {"name": "Bergen", "country": "NO", "latitude": "x", "longitude": 5} | /latitude
        {"name": "Bergen", "country": "NO", "region": "Nowhere"}             | /region
        {"name": "Bergen", "country": "NO", "cooperating": "yes"}            | /cooperating
        {"name": "Bergen", "country": "NO", "population": 5}                 | /population
        {"name": "Ber\\ngen", "country": "NO"}                                | /name
        {"name": "\\u200b", "country": "NO"}                                  | /name
        {"name": "Bergen", "country": "NO", "qualifier": "\\u202e"}           | /qualifier
        """)
    void what_is_wrong_with_a_registration_is_named_where_it_is_and_nothing_is_registered(
            String body, String pointers) {
        var answer = secretariat.post("/api/v1/cities", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.violations().stream()
                        .map(it -> it.substring(0, it.indexOf(' ')))
                        .sorted())
                .containsExactly(pointers.split(" "));
        assertThat(anyone.get("/api/v1/cities?country=NO&name=bergen").body().at("/items"))
                .isEmpty();
    }

    @Test
    void a_name_that_is_too_long_and_a_field_or_year_that_is_not_are_refused() {
        String city = register("Reykjavik", "IS");

        assertThat(secretariat
                        .post("/api/v1/cities", "{\"name\": \"" + "a".repeat(121) + "\", \"country\": \"IS\"}")
                        .status())
                .isEqualTo(400);
        assertThat(secretariat
                        .post("/api/v1/cities/" + city + "/designation", "{\"field\": \"Opera\"}")
                        .violations())
                .singleElement()
                .asString()
                .startsWith("/field One of Architecture, Crafts and Folk Art");
        assertThat(secretariat
                        .post("/api/v1/cities/" + city + "/designation", "{\"field\": \"Music\", \"year\": 1999}")
                        .status())
                .isEqualTo(400);
        assertThat(anyone.get("/api/v1/cities/" + city).version()).isEqualTo(1);
    }

    @Test
    void a_request_that_HTTP_itself_forbids_gets_a_problem_of_its_kind() {
        String body = "{\"name\": \"Tartu\", \"country\": \"EE\"}";

        assertProblem(secretariat.post("/api/v1/cities", "{\"name\": "), 400);
        assertProblem(secretariat.send("DELETE", "/api/v1/cities", null), 405);
        assertProblem(secretariat.sending("text/plain").post("/api/v1/cities", body), 415);
        assertProblem(secretariat.post("/api/v1/cities", body.replace("Tartu", "x".repeat(1_000_000))), 413);
        assertProblem(anyone.get("/api/v1/cities/xx-nowhere"), 404);
        assertProblem(secretariat.post("/api/v1/cities/xx-nowhere/departure", "{\"reason\": \"why\"}"), 404);
        assertThat(anyone.get("/api/v1/cities/ee-tartu").status()).isEqualTo(404);
    }

    @Test
    void nobody_but_the_secretariat_with_a_valid_token_changes_a_city() {
        String body = "{\"name\": \"Lviv\", \"country\": \"UA\"}";
        Tokens.Person editor = Tokens.person("editor").mandate("city-editor", "city/ua-lviv");

        assertProblem(anyone.post("/api/v1/cities", body), 401);
        assertProblem(anyone.as(SECRETARIAT.expired()).post("/api/v1/cities", body), 401);
        assertProblem(anyone.as(SECRETARIAT.foreign()).post("/api/v1/cities", body), 401);
        assertProblem(anyone.as(editor).post("/api/v1/cities", body), 403);
        assertProblem(anyone.as(Tokens.person("nobody")).post("/api/v1/cities", body), 403);
        assertThat(anyone.get("/api/v1/cities/ua-lviv").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"country=ZZ", "region=Nowhere", "field=Opera", "state=GONE", "name=", "limit=0", "after=%21"})
    void a_filter_that_can_find_nothing_is_refused(String query) {
        assertProblem(anyone.get("/api/v1/cities?" + query), 400);
    }

    @Test
    void a_filter_with_several_errors_is_rejected_with_all_of_them() {
        assertThat(anyone.get("/api/v1/cities?country=ZZ&region=Nowhere&name=" + "x".repeat(500))
                        .violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .containsExactly("country", "region", "name");
    }

    @Test
    void a_list_is_filtered_by_everything_at_once_and_read_page_by_page() {
        register("Kigali", "RW");
        member("Huye", "RW", "Gastronomy");
        member("Musanze", "RW", "Gastronomy");
        member("Rubavu", "RW", "Music");

        assertThat(ids("country=rw")).containsExactly("rw-huye", "rw-kigali", "rw-musanze", "rw-rubavu");
        assertThat(ids("country=RW&field=Gastronomy")).containsExactly("rw-huye", "rw-musanze");
        assertThat(ids("country=RW&state=CANDIDATE")).containsExactly("rw-kigali");
        assertThat(ids("country=RW&region=Africa&field=Gastronomy&state=DESIGNATED&name=AN"))
                .containsExactly("rw-musanze");
        assertThat(ids("country=RW&region=Arab%20States")).isEmpty();

        var first = anyone.get("/api/v1/cities?country=RW&limit=3");
        assertThat(first.body().at("/items")).hasSize(3);
        var second = anyone.get("/api/v1/cities?country=RW&limit=3&after=" + first.text("/next"));
        assertThat(second.body().at("/items")).hasSize(1);
        assertThat(second.text("/items/0/id")).isEqualTo("rw-rubavu");
        assertThat(second.body().has("next")).isFalse();
    }

    @Test
    void a_part_of_a_name_is_found_with_and_without_accents_and_is_no_pattern() {
        register("Trondheim", "NO");
        register("Tromsø", "NO");

        assertThat(ids("country=NO&name=TROMSO")).containsExactly("no-tromso");
        assertThat(ids("country=NO&name=oms%C3%B8")).containsExactly("no-tromso");
        assertThat(ids("country=NO&name=.*")).isEmpty();
    }

    @Test
    void a_city_is_found_by_each_of_its_names_which_it_says_itself() {
        String path = "/api/v1/cities/" + register("Gdansk", "PL");
        Api editor = anyone.as(Tokens.person("editor").mandate("city-editor", "city/pl-gdansk"));
        String names = """
                {"ownName": {"text": "Gdańsk", "language": "pl"},
                 "otherNames": [{"text": "Danzig", "language": "de"}, {"text": "Гданьск", "language": "ru"}]}""";

        assertThat(editor.with("If-Match", "\"1\"").put(path + "/names", names).status())
                .isEqualTo(200);
        assertThat(editor.with("If-Match", "\"2\"")
                        .put(path + "/zone", "{\"zone\": \"Europe/Warsaw\"}")
                        .status())
                .isEqualTo(200);

        for (String name : List.of("GDA%C5%83SK", "gdansk", "danz", "%D0%93%D0%B4%D0%B0%D0%BD"))
            assertThat(ids("country=PL&name=" + name)).as(name).containsExactly("pl-gdansk");
        var read = anyone.get(path);
        assertThat(read.text("/name")).isEqualTo("Gdansk");
        assertThat(read.text("/ownName/text")).isEqualTo("Gdańsk");
        assertThat(read.text("/otherNames/0/language")).isEqualTo("de");
        assertThat(read.text("/zone")).isEqualTo("Europe/Warsaw");
        assertThat(editor.with("If-Match", "*")
                        .put(path + "/names", "{\"ownName\": {\"text\": \"x\", \"language\": \"Polish\"}}")
                        .violations())
                .singleElement()
                .asString()
                .startsWith("/ownName/language A language tag of BCP 47 is expected");
        assertThat(editor.with("If-Match", "*")
                        .put(path + "/zone", "{\"zone\": \"Europe/Gdansk\"}")
                        .violations())
                .containsExactly("/zone There is no time zone Europe/Gdansk.");
    }

    @Test
    void the_secretariat_corrects_where_a_city_lies() {
        String path = "/api/v1/cities/" + register("Sopot", "PL");
        Api editor = anyone.as(Tokens.person("editor").mandate("city-editor", "city/pl-sopot"));
        String correction = "{\"latitude\": 54.4418, \"longitude\": 18.5601, \"reason\": \"It was unknown.\"}";

        assertProblem(editor.post(path + "/correction", correction), 403);
        assertThat(secretariat.post(path + "/correction", correction).status()).isEqualTo(200);
        assertThat(anyone.get(path).text("/latitude")).isEqualTo("54.4418");
        assertThat(anyone.get(path).text("/region")).isEqualTo("Europe and North America");
        assertThat(secretariat
                        .post(path + "/correction", "{\"latitude\": 54, \"region\": \"Africa\", \"reason\": \"why\"}")
                        .violations())
                .containsExactlyInAnyOrder(
                        "/region UNESCO puts Poland in Europe and North America.",
                        "/longitude Latitude and longitude come together.");
        assertThat(secretariat.post(path + "/correction", correction).violations())
                .containsExactly(" It changes nothing.");
    }

    /// The file is never changed: it is a document that the first version stored, and stored documents stay
    /// readable.
    @Test
    void a_city_that_the_first_version_stored_is_read_and_changed() throws Exception {
        mongo.insert(
                Document.parse(
                        new ClassPathResource("documents/city-1.json").getContentAsString(StandardCharsets.UTF_8)),
                "cities");

        assertThat(anyone.get("/api/v1/cities/at-graz").response().body())
                .isEqualTo(
                        "{\"id\":\"at-graz\",\"version\":2,\"name\":\"Graz\",\"country\":\"AT\",\"countryName\":\"Austria\","
                                + "\"region\":\"Europe and North America\",\"latitude\":47.06667,\"longitude\":15.45,"
                                + "\"otherNames\":[],\"field\":\"Design\",\"year\":2011,\"state\":\"DESIGNATED\"}");
        assertThat(secretariat
                        .post("/api/v1/cities/at-graz/field-change", "{\"field\": \"Film\"}")
                        .text("/position"))
                .isEqualTo("city/at-graz/3");
    }

    @Test
    void the_interface_describes_itself() {
        var description = anyone.get("/v3/api-docs");

        assertThat(description.status()).isEqualTo(200);
        assertThat(description.text("/openapi")).startsWith("3.1");
        assertThat(description.body().at("/paths").propertyNames())
                .contains("/api/v1/cities", "/api/v1/cities/{id}/designation", "/api/v1/cities/imports");
    }

    private List<String> ids(String query) {
        return anyone.get("/api/v1/cities?" + query).body().at("/items").values().stream()
                .map(it -> it.path("id").asString())
                .toList();
    }

    private String register(String name, String country) {
        var answer =
                secretariat.post("/api/v1/cities", "{\"name\": \"%s\", \"country\": \"%s\"}".formatted(name, country));
        assertThat(answer.status()).isEqualTo(201);
        return answer.text("/id");
    }

    private String member(String name, String country, String field) {
        String city = register(name, country);
        assertThat(secretariat
                        .post(
                                "/api/v1/cities/" + city + "/designation",
                                "{\"field\": \"%s\", \"year\": 2023}".formatted(field))
                        .status())
                .isEqualTo(200);
        return city;
    }

    private static void assertProblem(Api.Reply answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("/type")).startsWith("/problems/");
    }
}
