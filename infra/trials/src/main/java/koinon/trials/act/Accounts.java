package koinon.trials.act;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
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

    @Override
    public void play() {
        Person auditor = person("auditor");
        Reply balances = story.did("The auditor reads the ledger", auditor.get("/ledger/balances"));
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode line : balances.body().path("accounts")) {
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

        Reply statuses = story.did("The statuses of all projects", auditor.get("/status/projects?limit=50"));
        for (JsonNode status : statuses.body().path("items"))
            story.note(status.path("phase").asString("") + "  "
                    + status.path("title").asString(""));
        story.expect("There are three", statuses.body().path("items").size() == 3, statuses.body());

        Reply timeline =
                story.did("The timeline of the first", auditor.get("/status/projects/" + plot.project + "/timeline"));
        story.expect("names who did what, and why", timeline.body().toString().contains("reason"), timeline.body());

        story.note("");
        story.note("Craft routes of the Red River and the Mekong: "
                + world.status(plot.project).inShort());
        story.note("Status    " + world.gateway() + "/api/v1/status/projects/" + plot.project);
        story.note("Timeline  " + world.gateway() + "/api/v1/status/projects/" + plot.project + "/timeline");
        story.note("Ledger    " + world.gateway() + "/api/v1/ledger");
    }
}
