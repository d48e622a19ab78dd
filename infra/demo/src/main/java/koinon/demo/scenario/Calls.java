package koinon.demo.scenario;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.ScenarioState;

/// Two funders with the money that they bring, and two calls, modelled on real ones.
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
        return "The money and the calls: two funders, a call like the IFCD's, one like Creative Europe's small scale";
    }

    @Override
    public void play() {
        openFunds();
        state.ifcdCall = publish(
                "Example call for cultural diversity",
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
                        Map.of("kind", "groups", "admitted", List.of("asean")),
                        Map.of("kind", "grant", "max", 100000),
                        Map.of("kind", "co-financing", "min", 0.2)),
                List.of(Map.of("fund", state.ifcdFund, "share", 0.6), Map.of("fund", state.aseanFund, "share", 0.4)),
                "secretariat");
        setAside("ifcd-officer-1", state.ifcdFund, state.ifcdCall, "100000.00");
        setAside("ifcd-officer-1", state.ifcdFund, state.jointCall, "60000.00");
        setAside("asean-officer-1", state.aseanFund, state.jointCall, "60000.00");
    }

    private void openFunds() {
        Person secretariat = person("secretariat-1");
        report.did(
                "The secretariat registers an invented fund for cultural diversity as a funder",
                secretariat.post(
                        "/funders",
                        Map.of(
                                "name", "Example Fund for Cultural Diversity",
                                "country", "FR",
                                "identifier", "XM-DAC-41304")));
        report.did(
                "and an invented culture fund of ASEAN",
                secretariat.post(
                        "/funders",
                        Map.of(
                                "name", "Example Culture Fund of ASEAN",
                                "country", "SG",
                                "identifier", "SG-ASEAN-CULTURE-FUND")));
        state.ifcdFund = open("ifcd-officer-1", "xm-dac-41304", "Cultural diversity 2026", "160000.00");
        state.aseanFund = open("asean-officer-1", "sg-asean-culture-fund", "ASEAN creative cities", "60000.00");
        report.refused(
                "The other funder's officer does not even learn of this envelope",
                person("asean-officer-1")
                        .post(
                                "/funds/" + state.ifcdFund + "/envelope-increase",
                                Map.of("amount", usd("1.00"), "reason", "Generosity.")),
                404,
                "not-found");
    }

    private String open(String officer, String funder, String name, String envelope) {
        Reply opened = report.did(
                "An officer opens the fund \"" + name + "\"",
                RunningKoinon.soon(() ->
                        person(officer).post("/funds", Map.of("funder", funder, "name", name, "currency", "USD"))));
        report.did(
                "and puts " + envelope + " USD into it",
                person(officer)
                        .post(
                                "/funds/" + opened.id() + "/envelope-increase",
                                Map.of("amount", usd(envelope), "reason", "The contribution of 2026.")));
        return opened.id();
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
        report.did(
                "but its deadline may be extended, with a reason",
                secretariat.post(
                        "/calls/" + call + "/amendment",
                        Map.of(
                                "closes",
                                Map.of("local", today.plusDays(31) + "T18:00:00", "zone", "Asia/Ho_Chi_Minh"),
                                "reason",
                                "A holiday falls on the last day.")));
        return call;
    }

    static Map<String, String> usd(String amount) {
        return Map.of("amount", amount, "currency", "USD");
    }

    private void setAside(String officer, String fund, String call, String amount) {
        Person person = person(officer);
        String path = "/funds/" + fund + "/set-asides/" + call;
        report.did(
                "An officer sets aside " + amount + " USD for it",
                RunningKoinon.soon(() -> person.put(path, person.get(path).etag(), Map.of("amount", usd(amount)))));
    }
}
