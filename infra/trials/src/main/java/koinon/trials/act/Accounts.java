package koinon.trials.act;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import koinon.trials.scene.Plot;
import koinon.trials.world.Person;
import koinon.trials.world.Reply;
import koinon.trials.world.Story;
import koinon.trials.world.World;
import tools.jackson.databind.JsonNode;

/// What is left to see at the end: the statuses, the timeline, and a ledger that adds up to nothing.
final class Accounts extends Act {

    Accounts(World world, Story story, Plot plot) {
        super(world, story, plot);
    }

    @Override
    public String title() {
        return "The accounts: what is there to see";
    }

    private static Stream<JsonNode> all(Reply timeline) {
        return StreamSupport.stream(timeline.body().path("items").spliterator(), false);
    }

    @Override
    public void play() {
        Person auditor = person("auditor");
        story.did("The auditor reads the ledger", auditor.get("/ledger/balances"));
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode line : auditor.all("/ledger/balances")) {
            JsonNode amount = line.path("amount");
            sums.merge(
                    amount.path("currency").asString(),
                    new BigDecimal(amount.path("amount").asString()),
                    BigDecimal::add);
            story.note(String.format(
                    "%12s %s  %s",
                    amount.path("amount").asString(),
                    amount.path("currency").asString(),
                    line.path("account").asString()));
        }
        story.expect(
                "It adds up to zero in every currency",
                !sums.isEmpty() && sums.values().stream().allMatch(it -> it.signum() == 0),
                sums);

        Map<String, String> phases = new TreeMap<>();
        for (String call : List.of(plot.ifcdCall, plot.jointCall)) {
            for (JsonNode status : auditor.get("/status/projects?call=" + call + "&limit=200")
                    .body()
                    .path("items"))
                phases.put(status.path("id").asString(), status.path("phase").asString());
        }
        story.expect(
                "The list shows two closed and one being contracted",
                "CLOSED".equals(phases.get(plot.project))
                        && "CLOSED".equals(phases.get(plot.festival))
                        && "CONTRACTING".equals(phases.get(plot.archive)),
                phases);

        Reply timeline =
                story.did("The timeline of the first", auditor.get("/status/projects/" + plot.project + "/timeline"));
        story.expect(
                "names who did what, and why",
                all(timeline).allMatch(it -> !it.path("actor").asString("").isBlank())
                        && all(timeline)
                                .anyMatch(it ->
                                        !it.at("/facts/reason").asString("").isBlank()
                                                && it.path("type").asString("").equals("koinon.proposal.selected.v1")),
                timeline.body());

        story.note("");
        story.note("Craft routes of the Red River and the Mekong: "
                + world.status(plot.project).inShort());
        story.note("Status    " + world.gateway() + "/api/v1/status/projects/" + plot.project);
        story.note("Timeline  " + world.gateway() + "/api/v1/status/projects/" + plot.project + "/timeline");
        story.note("Ledger    " + world.gateway() + "/api/v1/ledger");
    }
}
