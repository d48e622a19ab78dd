package koinon.demo.scenario;

import java.util.Map;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.ScenarioState;

/// Two funders and the money that they bring.
final class Money extends Scenario {

    Money(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    static Map<String, String> usd(String amount) {
        return Map.of("amount", amount, "currency", "USD");
    }

    @Override
    public String title() {
        return "The money: two funders and their funds";
    }

    @Override
    public void play() {
        Person secretariat = person("secretariat-1");
        report.did(
                "The secretariat registers UNESCO's fund for cultural diversity as a funder",
                secretariat.post(
                        "/funders",
                        Map.of(
                                "name", "UNESCO, International Fund for Cultural Diversity",
                                "country", "FR",
                                "identifier", "XM-DAC-41304")));
        report.did(
                "and the culture fund of ASEAN",
                secretariat.post(
                        "/funders",
                        Map.of(
                                "name", "ASEAN Culture Fund",
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
}
