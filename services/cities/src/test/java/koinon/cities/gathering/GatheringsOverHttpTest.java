package koinon.cities.gathering;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import koinon.eventing.redaction.Redactions;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TopicRecords;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mongodb.core.MongoOperations;

@IntegrationTest(sharing = "cities")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class GatheringsOverHttpTest {

    private static final String GATHERINGS = "/api/v1/gatherings";

    @LocalServerPort
    private int port;

    @Autowired
    private MongoOperations mongo;

    private Api anyone;
    private Api secretariat;
    private Api host;
    private Api guest;
    private String city;
    private String other;

    @BeforeEach
    void cities() {
        String number = UUID.randomUUID().toString().substring(0, 8);
        anyone = Api.at(port);
        secretariat = anyone.as(Tokens.person("secretary").mandate("secretariat", "network"));
        city = member("Host " + number);
        other = member("Guest " + number);
        host = editor("host", city);
        guest = editor("guest", other);
    }

    @Test
    void a_gathering_is_announced_visited_and_confirmed() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        var announced = host.post(
                GATHERINGS,
                announcement("Forum of " + city, today.minusDays(1), today.plusDays(1))
                        .replace(
                                "\"sources\"",
                                "\"registrationCloses\": {\"local\": \"" + today.plusDays(1)
                                        + "T00:00\", \"zone\": \"Etc/UTC\"}, \"sources\""));

        assertThat(announced.status()).isEqualTo(201);
        String path = announced.header("Location");
        assertThat(path).isEqualTo(GATHERINGS + "/forum-of-" + city + "-" + today.minusDays(1));
        assertThat(put(host, path + "/sessions/opening", "{\"title\": \"Opening\"}"))
                .isEqualTo(200);
        assertThat(put(guest, path + "/delegations/" + other, "{\"researchers\": 2, \"communities\": 5}"))
                .isEqualTo(200);
        assertThat(put(host, path + "/delegations/" + other + "/attended", "{\"researchers\": 1}"))
                .isEqualTo(200);
        assertThat(put(host, path + "/attendance/all", """
                {"whom": "Delegates", "figure": "over 5", "number": 5, "atLeast": true}""")).isEqualTo(200);
        assertThat(host.send("POST", path + "/confirmation", null).status()).isEqualTo(200);
        assertThat(host.post(path + "/confirmation-reversal", "{\"reason\": \"why\"}")
                        .status())
                .isEqualTo(403);
        assertThat(secretariat
                        .post(path + "/confirmation-reversal", "{\"reason\": \"Too early.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(secretariat.send("POST", path + "/confirmation", null).status())
                .isEqualTo(200);

        var read = anyone.get(path);
        assertThat(read.text("/state")).isEqualTo("HELD");
        assertThat(read.text("/cityName")).startsWith("Host ");
        assertThat(read.text("/sessions/0/title")).isEqualTo("Opening");
        assertThat(read.text("/attendance/0/figure")).isEqualTo("over 5");
        assertThat(read.text("/reason")).isEqualTo("Too early.");
        assertThat(read.version()).isEqualTo(8);
    }

    @Test
    void the_sums_of_delegations_are_public_and_their_rows_are_for_members() {
        String path = announced("Sums of " + city, LocalDate.of(2036, 5, 10), LocalDate.of(2036, 5, 12));
        put(guest, path + "/delegations/" + other, "{\"researchers\": 2, \"communities\": 5}");
        put(host, path + "/delegations/" + city, "{\"communities\": 1}");

        var all = anyone.get(path);
        assertThat(all.body().at("/sums/delegations").asInt()).isEqualTo(2);
        assertThat(all.body().at("/sums/registered/communities").asInt()).isEqualTo(6);
        assertThat(all.body().has("delegations")).isFalse();
        assertThat(all.body().has("nextActions")).isFalse();
        var members = editor("stranger", "xx-elsewhere").get(path);
        assertThat(members.text("/delegations/0/city")).isEqualTo(other);
        assertThat(members.body().at("/delegations/0/registered/researchers").asInt())
                .isEqualTo(2);
        assertThat(members.text("/nextActions/0/action")).isEqualTo("gathering.confirm-held");
        assertThat(members.text("/nextActions/0/due")).isEqualTo("2036-05-12T17:00:00Z");
        assertThat(members.text("/end")).isEqualTo("2036-05-12T17:00:00Z");
    }

    @Test
    void a_delegation_of_nobody_or_of_a_city_that_left_is_refused_with_a_sentence() {
        String path = announced("Refusals of " + city, LocalDate.of(2036, 5, 10), LocalDate.of(2036, 5, 12));

        var nobody = guest.with("If-Match", "*").put(path + "/delegations/" + other, "{}");
        assertThat(nobody.status()).isEqualTo(400);
        assertThat(nobody.violations()).containsExactly(" A delegation has at least one person; withdraw it instead.");
        secretariat.post("/api/v1/cities/" + other + "/departure", "{\"reason\": \"It wants to.\"}");
        var left = guest.with("If-Match", "*").put(path + "/delegations/" + other, "{\"researchers\": 2}");
        assertThat(left.text("/type")).isEqualTo("/problems/city-left");
    }

    @Test
    void parts_have_ETags_of_their_own_and_can_be_removed() {
        String path = announced("Parts of " + city, LocalDate.of(2036, 5, 10), LocalDate.of(2036, 5, 12));
        put(host, path + "/sessions/opening", "{\"title\": \"Opening\"}");
        put(host, path + "/visits/survey", "{\"places\": \"Old quarter\"}");
        put(host, path + "/documents/programme", "{\"title\": \"P\", \"link\": \"https://example.org/p\"}");

        long session = anyone.get(path).body().at("/sessions/0/version").asLong();
        assertThat(session).isEqualTo(2);
        var changed = host.with("If-Match", "\"2\"").put(path + "/sessions/opening", "{\"title\": \"Beginning\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"5\"");
        assertThat(host.with("If-Match", "\"2\"")
                        .put(path + "/sessions/opening", "{\"title\": \"Again\"}")
                        .status())
                .isEqualTo(412);
        assertThat(host.put(path + "/visits/survey", "{\"places\": \"New quarter\"}")
                        .status())
                .isEqualTo(428);
        for (String part : List.of("sessions/opening", "visits/survey", "documents/programme")) {
            assertThat(host.post(path + "/" + part + "/removal", "{\"reason\": \"It is off.\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(host.post(path + "/" + part + "/removal", "{\"reason\": \"It is off.\"}")
                            .status())
                    .isEqualTo(409);
        }
    }

    @Test
    void gatherings_are_listed_by_first_day_and_filtered() {
        String late = announced("Late of " + city, LocalDate.of(2037, 5, 10), LocalDate.of(2037, 5, 12));
        String early = announced("Early of " + city, LocalDate.of(2035, 5, 10), LocalDate.of(2035, 5, 12));
        secretariat.post(late + "/cancellation", "{\"reason\": \"A storm.\"}");

        assertThat(ids("city=" + city)).containsExactly(id(early), id(late));
        assertThat(ids("state=CANCELLED&city=" + city)).containsExactly(id(late));
        assertThat(ids("from=2035-05-13&city=" + city)).containsExactly(id(late));
        assertThat(ids("until=2035-05-10&city=" + city)).containsExactly(id(early));
        assertThat(ids("from=2035-05-12&until=2035-05-31&city=" + city)).containsExactly(id(early));
        var first = anyone.get(GATHERINGS + "?limit=1&city=" + city);
        assertThat(anyone.get(GATHERINGS + "?limit=1&city=" + city + "&after=" + first.text("/next"))
                        .text("/items/0/id"))
                .isEqualTo(id(late));
        assertThat(anyone.get(GATHERINGS + "?from=soon&state=OVER").violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .containsExactlyInAnyOrder("from", "state");
    }

    @Test
    void members_find_the_gatherings_to_which_a_city_sends_a_delegation() {
        String path = announced("Visited of " + city, LocalDate.of(2036, 5, 10), LocalDate.of(2036, 5, 12));
        announced("Lonely of " + city, LocalDate.of(2036, 6, 10), LocalDate.of(2036, 6, 12));
        put(guest, path + "/delegations/" + other, "{\"researchers\": 2}");

        assertThat(ids(host, "delegation=" + other)).containsExactly(id(path));
        assertThat(ids(host, "delegation=" + other + "&city=" + other)).isEmpty();
        assertThat(ids(host, "delegation=x.registered")).isEmpty();
        assertThat(ids("delegation=" + other)).isEmpty();
        guest.send("POST", path + "/delegations/" + other + "/withdrawal", null);
        assertThat(ids(host, "delegation=" + other)).isEmpty();
    }

    @Test
    void gatherings_are_calendars() {
        String path = announced("Calendar of " + city, LocalDate.of(2036, 5, 10), LocalDate.of(2036, 5, 12));
        put(host, path + "/sessions/opening", """
                {"title": "Opening; welcome", "start": "2036-05-10T09:00", "end": "2036-05-10T10:00"}""");

        var one = anyone.get(path + "/calendar.ics");
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.header("Content-Type")).isEqualTo("text/calendar;charset=UTF-8");
        assertThat(one.response().body())
                .contains("BEGIN:VCALENDAR\r\n", "DTSTART;VALUE=DATE:20360510\r\n", "DTEND;VALUE=DATE:20360513\r\n")
                .contains("TZID:Asia/Ho_Chi_Minh\r\n", "DTSTART;TZID=Asia/Ho_Chi_Minh:20360510T090000\r\n")
                .contains("SUMMARY:Opening\\; welcome\r\n", "STATUS:CONFIRMED\r\n", "SEQUENCE:2\r\n");
        assertThat(anyone.with("If-None-Match", one.header("ETag"))
                        .get(path + "/calendar.ics")
                        .status())
                .isEqualTo(304);
        secretariat.post(path + "/cancellation", "{\"reason\": \"A storm.\"}");
        assertThat(anyone.get(GATHERINGS + ".ics?city=" + city).response().body())
                .contains("STATUS:CANCELLED\r\n", "SEQUENCE:3\r\n")
                .doesNotContain("Opening");
        assertThat(anyone.get(GATHERINGS + ".ics?city=xx-nowhere").status()).isEqualTo(400);
        assertThat(anyone.get(GATHERINGS + "/nowhere/calendar.ics").status()).isEqualTo(404);
    }

    @Test
    void what_happens_to_a_gathering_arrives_on_the_topic_with_its_state_and_what_is_to_be_done() {
        String path = announced("Topic of " + city, LocalDate.of(2036, 5, 10), LocalDate.of(2036, 5, 12));
        put(guest, path + "/delegations/" + other, "{\"researchers\": 2}");

        List<TopicRecords.Message> messages = TopicRecords.of("koinon.cities").messages(id(path), 2);

        assertThat(messages)
                .extracting(it -> it.headers().get("ce_type"))
                .containsExactly("koinon.gathering.announced.v1", "koinon.gathering.delegation-registered.v1");
        assertThat(messages.getLast().headers()).containsEntry("ce_subject", "gathering/" + id(path));
        assertThat(messages.getLast().headers().toString()).contains("gathering.confirm-held");
    }

    @Test
    void what_is_stored_of_a_gathering_is_what_its_events_say_without_what_was_redacted() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String path = announced("Whole of " + city, today, today.plusDays(2));
        put(host, path + "/sessions/opening", """
                {"title": "Named after a person", "start": "%sT09:00", "end": "%<sT10:00"}""".formatted(today.plusDays(1)));
        put(host, path + "/visits/survey", "{\"places\": \"Old quarter\"}");
        put(host, path + "/documents/programme", "{\"title\": \"P\", \"link\": \"https://example.org/p\"}");
        put(host, path + "/attendance/all", "{\"whom\": \"Delegates\", \"figure\": \"some\"}");
        host.send("POST", path + "/confirmation", null);
        var redacted = secretariat.post(
                path + "/redactions", "{\"text\": \"Named after a person\", \"reason\": \"No consent.\"}");

        assertThat(redacted.status()).isEqualTo(200);
        assertThat(anyone.get(path).text("/sessions/0/title")).isEqualTo(Redactions.MARK);
        assertThat(anyone.get(path + "/calendar.ics").response().body()).doesNotContain("Named after a person");
        TopicRecords.of("koinon.cities").messages(id(path), 7);
        assertThat(anyone.as(Tokens.person("olu").mandate("operator", "network"))
                        .get("/operations/verification")
                        .body()
                        .toString())
                .contains("differences")
                .doesNotContain(id(path));
    }

    @Test
    void the_same_title_on_the_same_day_is_refused_as_already_there() {
        String body = announcement("Twice of " + city, LocalDate.of(2036, 5, 10), LocalDate.of(2036, 5, 12));
        host.post(GATHERINGS, body);

        assertThat(secretariat.post(GATHERINGS, body).text("/type")).isEqualTo("/problems/already-exists");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                                | /city /days /kind /title
        {"kind": "party", "title": {"text": "", "language": "x"}, "city": "", "days": {}} | /city /days/first /days/last /days/zone /kind /title/text
        """)
    void what_is_wrong_with_an_announcement_is_named_where_it_is(String body, String pointers) {
        var answer = secretariat.post(GATHERINGS, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violations().stream()
                        .map(it -> it.substring(0, it.indexOf(' ')))
                        .sorted())
                .containsExactly(pointers.split(" "));
    }

    @Test
    void what_the_facts_of_an_announcement_do_not_allow_is_named_where_it_is() {
        var answer = secretariat.post(GATHERINGS, """
                {"kind": "forum", "title": {"text": "Forum", "language": "English"}, "city": "xx-nowhere",
                 "days": {"first": "2027-03-28", "last": "2027-03-27", "zone": "Europe/Nowhere"},
                 "registrationCloses": {"local": "2027-03-28T02:30", "zone": "Europe/Vienna"},
                 "sources": [{"text": "News", "link": "http://example.org"}]}""");

        assertThat(answer.violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .containsExactlyInAnyOrder(
                        "/city",
                        "/days/last",
                        "/days/zone",
                        "/registrationCloses/local",
                        "/sources/0/link",
                        "/title/language");
    }

    @Test
    void a_session_outside_its_gathering_is_refused_where_it_is() {
        String path = announced("Outside of " + city, LocalDate.of(2036, 5, 10), LocalDate.of(2036, 5, 12));

        assertThat(host.with("If-Match", "*")
                        .put(path + "/sessions/late", "{\"title\": \"Late\", \"start\": \"2036-05-13T09:00\"}")
                        .violations())
                .containsExactly("/start This lies outside the gathering, which is from 2036-05-10 to 2036-05-12.");
        assertThat(host.with("If-Match", "*")
                        .put(path + "/sessions/LATE", "{\"title\": \"Late\"}")
                        .violations())
                .singleElement()
                .asString()
                .startsWith("session An id is made of");
    }

    /// The file is never changed: it is a document that the first version stored, and stored documents stay readable.
    @Test
    void a_gathering_that_the_first_version_stored_is_read_and_changed() throws Exception {
        mongo.insert(
                Document.parse(
                        new ClassPathResource("documents/gathering-1.json").getContentAsString(StandardCharsets.UTF_8)),
                "gatherings");

        var read = anyone.get(GATHERINGS + "/stored-forum-2026-05-10");
        assertThat(read.text("/title/text")).isEqualTo("Stored Forum");
        assertThat(read.text("/sessions/0/start")).isEqualTo("2026-05-10T09:00:00");
        assertThat(read.body().at("/sums/registered/communities").asInt()).isEqualTo(5);
        assertThat(secretariat
                        .send("POST", GATHERINGS + "/stored-forum-2026-05-10/confirmation", null)
                        .text("/position"))
                .isEqualTo("gathering/stored-forum-2026-05-10/8");
    }

    private int put(Api by, String path, String body) {
        return by.with("If-Match", "*").put(path, body).status();
    }

    private List<String> ids(String query) {
        return ids(anyone, query);
    }

    private static List<String> ids(Api by, String query) {
        return by.get(GATHERINGS + "?" + query).body().at("/items").values().stream()
                .map(it -> it.path("id").asString())
                .toList();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String announced(String title, LocalDate first, LocalDate last) {
        var answer = host.post(GATHERINGS, announcement(title, first, last));
        assertThat(answer.status()).isEqualTo(201);
        return answer.header("Location");
    }

    private String announcement(String title, LocalDate first, LocalDate last) {
        return """
                {"kind": "forum", "title": {"text": "%s", "language": "en"}, "city": "%s",
                 "days": {"first": "%s", "last": "%s", "zone": "Asia/Ho_Chi_Minh"},
                 "theme": "Cooperation", "sources": [{"text": "News"}]}""".formatted(title, city, first, last);
    }

    private Api editor(String name, String of) {
        return anyone.as(Tokens.person(name).mandate("city-editor", "city/" + of));
    }

    private String member(String name) {
        String id = secretariat
                .post("/api/v1/cities", "{\"name\": \"%s\", \"country\": \"VN\"}".formatted(name))
                .text("/id");
        secretariat.post("/api/v1/cities/" + id + "/designation", "{\"field\": \"Design\"}");
        return id;
    }
}
