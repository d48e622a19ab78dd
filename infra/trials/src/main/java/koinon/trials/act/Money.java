package koinon.trials.act;

import java.util.Map;
import koinon.trials.scene.Plot;
import koinon.trials.world.Person;
import koinon.trials.world.Reply;
import koinon.trials.world.Story;
import koinon.trials.world.World;

/// Two funders and the money that they bring.
final class Money extends Act {

    Money(World world, Story story, Plot plot) {
        super(world, story, plot);
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
        story.did(
                "The secretariat registers UNESCO's fund for cultural diversity as a funder",
                secretariat.post(
                        "/funders",
                        Map.of(
                                "name", "UNESCO, International Fund for Cultural Diversity",
                                "country", "FR",
                                "identifier", "XM-DAC-41304")));
        story.did(
                "and the culture fund of ASEAN",
                secretariat.post(
                        "/funders",
                        Map.of(
                                "name", "ASEAN Culture Fund",
                                "country", "SG",
                                "identifier", "SG-ASEAN-CULTURE-FUND")));
        plot.ifcdFund = open("ifcd-officer-1", "xm-dac-41304", "Cultural diversity 2026", "160000.00");
        plot.aseanFund = open("asean-officer-1", "sg-asean-culture-fund", "ASEAN creative cities", "60000.00");
        story.refused(
                "For the other funder's officer this fund is not there",
                person("asean-officer-1")
                        .post(
                                "/funds/" + plot.ifcdFund + "/envelope-increase",
                                Map.of("amount", usd("1.00"), "reason", "Generosity.")),
                404,
                "not-found");
    }

    private String open(String officer, String funder, String name, String envelope) {
        Reply opened = story.did(
                "An officer opens the fund \"" + name + "\"",
                World.soon(() ->
                        person(officer).post("/funds", Map.of("funder", funder, "name", name, "currency", "USD"))));
        story.did(
                "and puts " + envelope + " USD into it",
                person(officer)
                        .post(
                                "/funds/" + opened.id() + "/envelope-increase",
                                Map.of("amount", usd(envelope), "reason", "The contribution of 2026.")));
        return opened.id();
    }
}
