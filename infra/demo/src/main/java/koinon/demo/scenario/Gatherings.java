package koinon.demo.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.client.Unexpected;
import koinon.demo.steps.City;
import koinon.demo.steps.ScenarioState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where the cities have met: two real gatherings, with what news reports say of them and nothing else, and an invented
/// forum in which the idea is raised that the next act takes up.
final class Gatherings extends Scenario {

    private static final String RECORDS = "/data/gatherings.json";
    private static final String ZONE = "Asia/Ho_Chi_Minh";

    Gatherings(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "Where cities meet: two real gatherings, and a forum of the demo";
    }

    @Override
    public void play() {
        for (JsonNode it : records()) enter(it);
        forum();
    }

    private void enter(JsonNode record) {
        Person secretariat = person("secretariat-1");
        JsonNode announcement = record.path("announcement");
        String title = announcement.path("title").path("text").asString();
        String path = "/gatherings/"
                + report.did(
                                "The secretariat enters \"" + title + "\"",
                                secretariat.post("/gatherings", body(announcement)))
                        .id();
        putEach(secretariat, path + "/sessions/", record.path("sessions"));
        putEach(secretariat, path + "/visits/", record.path("visits"));
        putEach(secretariat, path + "/attendance/", record.path("attendance"));
        for (JsonNode idea : record.path("ideas")) {
            Map<String, Object> body = body(idea);
            body.put("gathering", path.substring("/gatherings/".length()));
            report.did(
                    "What Hà Nội offered there is an idea",
                    person(City.HANOI.editor()).post("/ideas", body));
        }
        if (record.path("held").asBoolean()) report.did("It was held", secretariat.post(path + "/confirmation"));
        else
            report.expect(
                    "It is to be confirmed",
                    secretariat.get(path).body().path("state").asString().equals("ANNOUNCED"),
                    path);
    }

    private void putEach(Person secretariat, String path, JsonNode parts) {
        parts.propertyStream()
                .forEach(it -> report.did(
                        "with what is known of it: " + it.getKey(),
                        secretariat.put(path + it.getKey(), "*", body(it.getValue()))));
    }

    /// Seven cities meet, and Hà Nội raises an idea.
    private void forum() {
        Person host = person(City.HANOI.editor());
        LocalDate today = LocalDate.now(ZoneId.of(ZONE));
        String forum = report.did(
                        "Hà Nội announces the demo forum",
                        host.post(
                                "/gatherings",
                                Map.of(
                                        "kind",
                                        "forum",
                                        "title",
                                        Map.of("text", "Demo forum", "language", "en"),
                                        "city",
                                        City.HANOI.id(),
                                        "theme",
                                        "Example data: crafts and design between seven cities",
                                        "days",
                                        Map.of(
                                                "first", today.minusDays(1).toString(),
                                                "last", today.plusDays(1).toString(),
                                                "zone", ZONE),
                                        "registrationCloses",
                                        Map.of("local", today.plusDays(1) + "T12:00:00", "zone", ZONE),
                                        "sources",
                                        List.of(Map.of("text", "Invented for the demo (example data)")))))
                .id();
        String path = "/gatherings/" + forum;
        report.did(
                "and plans a session",
                host.put(
                        path + "/sessions/crafts",
                        "*",
                        Map.of(
                                "title",
                                "Crafts along the rivers",
                                "topic",
                                "What makers of several cities can teach.")));
        int people = 2;
        for (City city : City.values()) {
            report.did(
                    city.label() + " registers its delegation",
                    person(city.editor())
                            .put(
                                    path + "/delegations/" + city.id(),
                                    "*",
                                    Map.of("authorities", 1, "communities", people++)));
        }
        report.refused(
                "A delegation of nobody is none",
                person(City.CEBU.editor()).put(path + "/delegations/" + City.CEBU.id(), "*", Map.of()),
                400,
                "invalid");
        Reply idea = report.did(
                "Hà Nội raises an idea in the session",
                host.post(
                        "/ideas",
                        Map.of(
                                "title",
                                "Craft routes",
                                "text",
                                "Design schools and craft villages of several cities train each other.",
                                "city",
                                City.HANOI.id(),
                                "field",
                                "Design",
                                "themes",
                                List.of("design"),
                                "gathering",
                                forum,
                                "session",
                                "crafts")));
        state.idea = idea.id();
        state.forum = forum;
        for (City city : List.of(City.BANGKOK, City.CEBU))
            report.did(
                    city.label() + " is interested",
                    person(city.editor()).post("/ideas/" + idea.id() + "/interest/" + city.id()));
        report.did("The forum was held", host.post(path + "/confirmation"));
    }

    private static Map<String, Object> body(JsonNode json) {
        Map<String, Object> body = new LinkedHashMap<>();
        json.propertyStream().forEach(it -> body.put(it.getKey(), it.getValue()));
        return body;
    }

    private static JsonNode records() {
        try (InputStream json = Gatherings.class.getResourceAsStream(RECORDS)) {
            return JsonMapper.builder()
                    .build()
                    .readTree(Objects.requireNonNull(json, RECORDS).readAllBytes());
        } catch (IOException e) {
            throw new Unexpected("The gatherings cannot be read: " + e);
        }
    }
}
