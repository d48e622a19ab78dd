package koinon.demo.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.client.Unexpected;
import koinon.demo.steps.ScenarioState;

/// The real cities of the network come in.
final class Network extends Scenario {

    Network(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The network: 399 real Creative Cities";
    }

    @Override
    public void play() {
        byte[] cities = cities();
        byte[] flawed = (new String(cities, StandardCharsets.UTF_8) + "Nowhere,ZZ,Nowhere,Design,2019,,,,,,,,\n")
                .getBytes(StandardCharsets.UTF_8);
        Reply dry = report.did(
                "The secretariat tries the import with a flawed row, dry",
                person("secretariat-1").postCsv("/cities/imports?dryRun=true", flawed));
        report.expect(
                "The flawed row is reported by its line", dry.body().toString().contains("401"), dry.body());
        Reply loaded = report.did(
                "The secretariat loads the cities", person("secretariat-1").postCsv("/cities/imports", cities));
        report.expect("399 of them", loaded.body().toString().contains("399"), loaded.body());
        Reply again =
                report.did("It loads them once more", person("secretariat-1").postCsv("/cities/imports", cities));
        report.expect(
                "and nothing is new",
                again.body().path("created").asInt(-1) == 0
                        && again.body().path("known").asInt(-1) == 399,
                again.body());
        Reply hanoi =
                report.did("Hà Nội is a city of design", person("hanoi-editor").get("/cities/vn-hanoi"));
        report.expect("since 2019", hanoi.body().toString().contains("2019"), hanoi.body());
        Reply vietnamese =
                report.did("Viet Nam has four", person("hanoi-editor").get("/cities?country=VN&limit=50"));
        report.expect("no more, no less", vietnamese.body().path("items").size() == 4, vietnamese.body());
        report.did(
                "Hà Nội says how it writes its own name",
                person("hanoi-editor")
                        .put(
                                "/cities/vn-hanoi/names",
                                "*",
                                Map.of("ownName", Map.of("text", "Hà Nội", "language", "vi"))));
        report.did(
                "and in which zone its days are",
                person("hanoi-editor").put("/cities/vn-hanoi/zone", "*", Map.of("zone", "Asia/Ho_Chi_Minh")));
        Reply asean = report.did(
                "The secretariat registers the countries of ASEAN as a group",
                person("secretariat-1")
                        .post(
                                "/groups",
                                Map.of(
                                        "name",
                                        "ASEAN",
                                        "countries",
                                        List.of("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"),
                                        "source",
                                        Map.of("text", "Member states of ASEAN; Timor-Leste since October 2025"))));
        report.expect(
                "Its cities are found by it",
                !person("hanoi-editor")
                        .get("/cities?group=" + asean.id())
                        .body()
                        .path("items")
                        .isEmpty(),
                asean.body());
        report.refused(
                "A city's editor may not load cities",
                person("hanoi-editor").postCsv("/cities/imports", cities),
                403,
                "no-mandate");
    }

    private static byte[] cities() {
        try (InputStream csv = Network.class.getResourceAsStream("/data/uccn-cities.csv")) {
            return Objects.requireNonNull(csv, "/data/uccn-cities.csv").readAllBytes();
        } catch (IOException e) {
            throw new Unexpected("The cities cannot be read: " + e);
        }
    }
}
