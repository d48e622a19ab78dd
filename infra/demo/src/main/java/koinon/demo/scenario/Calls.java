package koinon.demo.scenario;

import static koinon.demo.scenario.Money.usd;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import koinon.demo.client.Person;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.ScenarioState;

/// Two calls, modelled on real ones.
final class Calls extends Scenario {

    private static final List<Map<String, Object>> HALF_IN_ADVANCE = List.of(
            Map.of("id", "advance", "share", 0.5, "waitsFor", "in-force"),
            Map.of("id", "interim", "share", 0.3, "waitsFor", "milestones"),
            Map.of("id", "balance", "share", 0.2, "waitsFor", "completion"));

    Calls(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The calls: one like the IFCD's, one like Creative Europe's small scale";
    }

    @Override
    public void play() {
        state.ifcdCall = publish(
                "International Fund for Cultural Diversity",
                List.of(
                        Map.of("kind", "grant", "max", 100000),
                        Map.of("kind", "duration", "min", 12, "max", 24),
                        Map.of("kind", "overhead", "max", 0.3),
                        Map.of("kind", "partners", "min", 2)),
                List.of(Map.of("fund", state.ifcdFund, "share", 1)),
                "funder-officer");
        state.jointCall = publish(
                "Cities of ASEAN work together",
                List.of(
                        Map.of("kind", "partners", "min", 3),
                        Map.of("kind", "countries", "min", 3),
                        Map.of("kind", "grant", "max", 100000),
                        Map.of("kind", "co-financing", "min", 0.2)),
                List.of(Map.of("fund", state.ifcdFund, "share", 0.6), Map.of("fund", state.aseanFund, "share", 0.4)),
                "secretariat");
        setAside("ifcd-officer-1", state.ifcdFund, state.ifcdCall, "100000.00");
        setAside("ifcd-officer-1", state.ifcdFund, state.jointCall, "60000.00");
        setAside("asean-officer-1", state.aseanFund, state.jointCall, "60000.00");
    }

    private String publish(
            String title, List<Map<String, Object>> rules, List<Map<String, Object>> funds, String verifier) {
        Person secretariat = person("secretariat-1");
        String call = report.did(
                        "The secretariat drafts \"" + title + "\"", secretariat.post("/calls", Map.of("title", title)))
                .id();
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        Map<String, Object> terms = Map.ofEntries(
                Map.entry("title", title),
                Map.entry("currency", "USD"),
                Map.entry("opens", Map.of("local", today.minusDays(30) + "T09:00:00", "zone", "Europe/Paris")),
                Map.entry("closes", Map.of("local", today.plusDays(30) + "T18:00:00", "zone", "Asia/Ho_Chi_Minh")),
                Map.entry("rules", rules),
                Map.entry("tranches", HALF_IN_ADVANCE),
                Map.entry("funds", funds),
                Map.entry("themes", List.of("design", "crafts")),
                Map.entry("sdgs", List.of(8, 11)),
                Map.entry("verifier", verifier),
                Map.entry("agreements", "all"),
                Map.entry("thresholds", Map.of("dueSoonDays", 30, "atRiskDays", 60)));
        report.did(
                "writes its terms, its rules as data",
                RunningKoinon.soon(() -> secretariat.put(
                        "/calls/" + call + "/terms",
                        secretariat.get("/calls/" + call).etag(),
                        terms)));
        report.did("and publishes it", secretariat.post("/calls/" + call + "/publication"));
        report.refused(
                "Its terms are frozen from now on",
                secretariat.put(
                        "/calls/" + call + "/terms",
                        secretariat.get("/calls/" + call).etag(),
                        terms),
                409,
                "wrong-state");
        return call;
    }

    private void setAside(String officer, String fund, String call, String amount) {
        Person person = person(officer);
        String path = "/funds/" + fund + "/set-asides/" + call;
        report.did(
                "An officer sets aside " + amount + " USD for it",
                RunningKoinon.soon(() -> person.put(path, person.get(path).etag(), Map.of("amount", usd(amount)))));
    }
}
