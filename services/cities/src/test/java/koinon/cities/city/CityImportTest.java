package koinon.cities.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TopicRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@IntegrationTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CityImportTest {

    private static final Path REAL = Path.of("../../infra/demo/src/main/resources/data/uccn-cities.csv");
    private static final String HEADER = "name,country_alpha2,creative_field,designation_year,lat,lon\r\n";
    private static final String IMPORTS = "/api/v1/cities/imports";

    @LocalServerPort
    private int port;

    private Api anyone;
    private Api secretariat;

    @BeforeEach
    void callers() {
        anyone = Api.at(port).sending("text/csv");
        secretariat = anyone.as(Tokens.person("secretary").mandate("secretariat", "network"));
    }

    @Test
    void the_real_network_is_imported_at_once_and_a_second_import_changes_nothing() throws Exception {
        String real = Files.readString(REAL);
        int before = countAll();

        var tried = secretariat.post(IMPORTS + "?dryRun=true", real);
        assertThat(tried.response().body())
                .isEqualTo(
                        "{\"dryRun\":true,\"encoding\":\"UTF-8\",\"delimiter\":\"comma\",\"lines\":399,\"empty\":0,\"created\":399,\"known\":0,\"changed\":[],\"refused\":[]}");
        assertThat(anyone.get("/api/v1/cities/vn-hanoi").status()).isEqualTo(404);

        var taken = secretariat.post(IMPORTS, real);
        assertThat(taken.response().body())
                .isEqualTo(
                        "{\"dryRun\":false,\"encoding\":\"UTF-8\",\"delimiter\":\"comma\",\"lines\":399,\"empty\":0,\"created\":399,\"known\":0,\"changed\":[],\"refused\":[]}");

        var again = secretariat.post(IMPORTS, real);
        assertThat(again.response().body())
                .isEqualTo(
                        "{\"dryRun\":false,\"encoding\":\"UTF-8\",\"delimiter\":\"comma\",\"lines\":399,\"empty\":0,\"created\":0,\"known\":399,\"changed\":[],\"refused\":[]}");
        assertThat(countAll()).isEqualTo(before + 399);

        var granada = anyone.get("/api/v1/cities?name=granada");
        assertThat(granada.body().at("/items")).hasSize(2);
        var hanoi = anyone.get("/api/v1/cities/vn-hanoi");
        assertThat(hanoi.text("/state")).isEqualTo("DESIGNATED");
        assertThat(hanoi.text("/field")).isEqualTo("Design");
        assertThat(hanoi.version()).isEqualTo(2);
        assertThat(TopicRecords.of("koinon.cities").messages("vn-hanoi", 2))
                .extracting(it -> it.headers().get("ce_type"))
                .containsExactly("koinon.city.registered.v1", "koinon.city.designated.v1");
    }

    @Test
    void each_bad_line_is_reported_with_its_number_and_its_reasons_and_the_good_ones_come_in() {
        var answer = secretariat.post(
                IMPORTS,
                HEADER + "Paide,EE,Music,2023,59.437,24.754\r\n"
                        + "Nowhere,ZZ,Opera,twenty,,\r\n"
                        + "\"Two\r\nlines\",EE,Design,,,\r\n"
                        + "\r\n"
                        + ",EE,Design,1066,1,\r\n"
                        + "Paide,ee,Film,2021,,\r\n"
                        + "Viljandi,EE,Crafts and Folk Art\r\n"
                        + "Dili,TL,Film,,,\r\n"
                        + "Kuressaare,EE,Literature,2999,,\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("created").asInt()).isEqualTo(1);
        assertThat(answer.body().path("empty").asInt()).isEqualTo(1);
        assertThat(reported(answer))
                .containsExactly(
                        "3 Nowhere",
                        "    designation_year: A year, such as 2019, is expected.",
                        "    creative_field: One of Architecture, Crafts and Folk Art, Design, Film, Gastronomy,"
                                + " Literature, Media Arts, Music is expected.",
                        "    country_alpha2: A country's code of ISO 3166-1, such as VN, is expected.",
                        "4 Two\ufffd\ufffdlines",
                        "    name: Character 4 is U+000D CARRIAGE RETURN (CR). Write a line break as U+000A LINE FEED"
                                + " alone.",
                        "7 ",
                        "    name: This is required.",
                        "    lon: Latitude and longitude come together.",
                        "8 Paide",
                        "    It is the city of line 2 again (ee-paide).",
                        "9 Viljandi",
                        "    It has 3 values, and the header 6 columns.",
                        "10 Dili",
                        "    region: UNESCO puts Timor-Leste in no region; name one of Africa, Arab States, Asia and the"
                                + " Pacific, Europe and North America, Latin America and the Caribbean.",
                        "11 Kuressaare",
                        "    designation_year: The network designates cities since 2004; the year is at most %d."
                                .formatted(Year.now(ZoneOffset.UTC).getValue()));
        assertThat(anyone.get("/api/v1/cities/ee-paide").text("/field")).isEqualTo("Music");
        assertThat(anyone.get("/api/v1/cities/ee-kuressaare").status()).isEqualTo(404);
    }

    @Test
    void an_import_sent_again_with_its_key_is_answered_the_same_and_another_table_is_refused() {
        Api keyed = secretariat.with("Idempotency-Key", UUID.randomUUID().toString());
        String table = HEADER + "Valka,LV,Film,2023,,\r\nCesis,LV,Music,2023,,\r\n";

        var first = keyed.post(IMPORTS, table);
        var again = keyed.post(IMPORTS, table);

        assertThat(first.body().path("created").asInt()).isEqualTo(2);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(keyed.post(IMPORTS, table + "Saldus,LV,Music,2023,,\r\n").status())
                .isEqualTo(422);
        assertThat(anyone.get("/api/v1/cities/lv-saldus").status()).isEqualTo(404);
    }

    @Test
    void the_result_of_an_import_is_kept_whatever_happens_afterwards() {
        Api keyed = secretariat.with("Idempotency-Key", UUID.randomUUID().toString());
        String table = HEADER + "Ogre,LV,Film,2023,,\r\nNowhere,XX,Music,2023,,\r\n";
        var first = keyed.post(IMPORTS, table);
        secretariat.sending("application/json").post("/api/v1/cities/lv-ogre/departure", "{\"reason\": \"It left.\"}");
        Api commands = secretariat.sending("application/json");
        for (int n = 0; n < 3; n++) commands.post(IMPORTS, table);

        var again = keyed.post(IMPORTS, table);

        assertThat(first.body().path("created").asInt()).isEqualTo(1);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(keyed.post(IMPORTS + "?dryRun=true", table).status()).isEqualTo(422);
        assertThat(keyed.post(IMPORTS, table.replace("Film", "Music")).status()).isEqualTo(422);
        assertThat(changed(secretariat.post(IMPORTS, table))).containsExactly("2 lv-ogre", "    state LEFT DESIGNATED");
    }

    @Test
    void a_refused_table_may_be_corrected_under_the_same_key() {
        Api keyed = secretariat.with("Idempotency-Key", UUID.randomUUID().toString());

        assertThat(keyed.post(IMPORTS, "name,country_alpha2\r\nJelgava,LV\r\n").status())
                .isEqualTo(400);
        assertThat(keyed.post(IMPORTS, HEADER + "Jelgava,LV,Film,2023,,\r\n").status())
                .isEqualTo(200);
    }

    @Test
    void a_row_that_differs_from_its_city_says_in_what_and_the_city_stays_as_it_is() {
        Api commands = secretariat.sending("application/json");
        commands.post("/api/v1/cities", "{\"name\": \"Taurage\", \"country\": \"LT\"}");
        secretariat.post(IMPORTS, HEADER + "Šiauliai,LT,Design,2019,55.9333,23.3167\r\n");
        String table = HEADER + "Taurage,LT,Literature,2021,55.25,22.29\r\nSiauliai,LT,Film,2021,55.95,23.3167\r\n"
                + "Šiauliai ,LT,Design,,,\r\n";

        for (String dryRun : List.of("?dryRun=true", "")) {
            var answer = secretariat.post(IMPORTS + dryRun, table);

            assertThat(answer.body().path("created").asInt()).isZero();
            assertThat(answer.body().path("known").asInt()).isZero();
            assertThat(changed(answer))
                    .containsExactly(
                            "2 lt-taurage",
                            "    lat none 55.25",
                            "    lon none 22.29",
                            "    creative_field none Literature",
                            "    designation_year none 2021",
                            "    state CANDIDATE DESIGNATED",
                            "3 lt-siauliai",
                            "    name Šiauliai Siauliai",
                            "    lat 55.9333 55.95",
                            "    creative_field Design Film",
                            "    designation_year 2019 2021");
        }
        assertThat(anyone.get("/api/v1/cities/lt-taurage").text("/state")).isEqualTo("CANDIDATE");
        assertThat(secretariat
                        .post(IMPORTS, HEADER + "Šiauliai,LT,Design,,,\r\n")
                        .body()
                        .path("known")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void another_place_of_the_same_name_is_named_and_comes_in_once_it_says_which_it_is() {
        String header = "name,country_alpha2,creative_field,lat,lon,qualifier\r\n";
        String oregon = "Portland,US,Film,45.515,-122.679,\r\n";
        secretariat.post(IMPORTS, header + oregon);

        var answer = secretariat.post(
                IMPORTS,
                header + "Portland,US,Film,43.6591,-70.2568,\r\nSalem,US,Film,44.94,-123.03,\r\n"
                        + "Salem,US,Film,42.52,-70.89,\r\n");

        assertThat(answer.body().path("known").asInt()).isZero();
        assertThat(reported(answer))
                .satisfiesExactly(
                        it -> assertThat(it).isEqualTo("2 Portland"),
                        it -> assertThat(it)
                                .startsWith("    Same name, another place: us-portland is 408")
                                .contains("qualifier"),
                        it -> assertThat(it).isEqualTo("4 Salem"),
                        it -> assertThat(it).startsWith("    Same name, another place: the city of line 3 is 41"));
        String both = header + oregon + "Portland,US,Film,43.6591,-70.2568,Maine\r\n";
        assertThat(secretariat.post(IMPORTS, both).body().path("created").asInt())
                .isEqualTo(1);
        assertThat(secretariat.post(IMPORTS, both).body().path("known").asInt()).isEqualTo(2);
        assertThat(anyone.get("/api/v1/cities/us-portland-maine").text("/qualifier"))
                .isEqualTo("Maine");
    }

    @Test
    void a_table_is_read_in_utf_16_and_refused_in_an_encoding_of_one_byte_per_letter() throws Exception {
        String table = "name;country_alpha2;creative_field\r\nPärnu;EE;Film\r\n";

        var taken = sent(("\ufeff" + table).getBytes(StandardCharsets.UTF_16LE));
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.body()).contains("\"encoding\":\"UTF-16\",\"delimiter\":\"semicolon\"", "\"created\":1");
        var refused = sent(table.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("import.encoding", "Line 2 is not in UTF-8: byte E4 after", "CSV UTF-8");
    }

    private HttpResponse<String> sent(byte[] table) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + IMPORTS))
                            .header(
                                    "Authorization",
                                    Tokens.person("secretary")
                                            .mandate("secretariat", "network")
                                            .bearer())
                            .header("Content-Type", "text/csv")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(table))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "true&dryRun=false", "TRUE"})
    void whether_an_import_only_validates_is_said_without_doubt(String dryRun) {
        var answer = secretariat.post(IMPORTS + "?dryRun=" + dryRun, HEADER + "Haapsalu,EE,Music,,,\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violations()).singleElement().asString().startsWith("dryRun ");
        assertThat(anyone.get("/api/v1/cities/ee-haapsalu").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name,name,country_alpha2,creative_field\r\n",
                "name,country_alpha2,creative_field\r\n\"never closed,EE,Music\r\n",
                "name,country_alpha2,creative_field\r\n\"a\"b,EE,Music\r\n"
            })
    void what_is_no_table_of_cities_is_refused_as_a_whole(String table) {
        var answer = secretariat.post(IMPORTS, table);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.violations()).isNotEmpty();
    }

    @Test
    void a_table_is_bounded_and_of_its_media_type_and_the_secretariats() {
        String endless = HEADER + "Narva,EE,Music,2023,,\r\n".repeat(100_000);

        assertThat(secretariat.post(IMPORTS, endless).status()).isEqualTo(413);
        assertThat(secretariat
                        .post(IMPORTS, HEADER + "Narva,EE,Music,,,\r\n".repeat(5_001))
                        .status())
                .isEqualTo(400);
        assertThat(secretariat.sending("application/json").post(IMPORTS, "{}").status())
                .isEqualTo(415);
        assertThat(anyone.post(IMPORTS, HEADER).status()).isEqualTo(401);
        assertThat(anyone.as(Tokens.person("editor").mandate("city-editor", "city/ee-narva"))
                        .post(IMPORTS, HEADER)
                        .status())
                .isEqualTo(403);
        assertThat(anyone.get("/api/v1/cities/ee-narva").status()).isEqualTo(404);
    }

    private static List<String> reported(Api.Reply answer) {
        List<String> lines = new ArrayList<>();
        answer.body().path("refused").values().forEach(it -> {
            lines.add(it.path("line").asString() + " " + it.path("name").asString());
            it.path("reasons").values().forEach(reason -> lines.add("    " + reason.asString()));
        });
        return lines;
    }

    private static List<String> changed(Api.Reply answer) {
        List<String> lines = new ArrayList<>();
        answer.body().path("changed").values().forEach(it -> {
            lines.add(it.path("line").asString() + " " + it.path("id").asString());
            it.path("changed")
                    .values()
                    .forEach(one -> lines.add("    " + one.path("column").asString() + " "
                            + one.path("stored").asString("none") + " "
                            + one.path("given").asString()));
        });
        return lines;
    }

    private int countAll() {
        int count = 0;
        String after = "";
        while (true) {
            var page = anyone.get("/api/v1/cities?limit=200" + after);
            count += page.body().at("/items").size();
            if (!page.body().has("next")) return count;
            after = "&after=" + page.text("/next");
        }
    }
}
