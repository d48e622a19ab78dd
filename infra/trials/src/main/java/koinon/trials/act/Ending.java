package koinon.trials.act;

import java.util.Map;
import koinon.trials.scene.Contract;
import koinon.trials.scene.Plot;
import koinon.trials.world.Story;
import koinon.trials.world.World;

/// The project is completed, the balance is paid, and everything is closed.
final class Ending extends Act {

    Ending(World world, Story story, Plot plot) {
        super(world, story, plot);
    }

    @Override
    public String title() {
        return "The end: completed, the balance paid, closed";
    }

    @Override
    public void play() {
        String project = "/projects/" + plot.project;
        story.did(
                "An officer finds all work done",
                plot.project,
                person("ifcd-officer-2")
                        .post(project + "/completion", Map.of("reason", "Both milestones are verified.")));
        story.refused(
                "It cannot be closed while its agreement is open",
                person("secretariat-1").post(project + "/closure", Map.of("reason", "All is done.")),
                409,
                "agreements-open");
        Contract contract = Contract.of(world, story, plot.project, plot.ifcdFund, "ifcd");
        contract.awaitPayable("balance");
        contract.pay("balance");
        story.shows(
                "The agreement closes by itself, what is left goes back to the fund",
                plot.project,
                it -> it.agreement(plot.ifcdFund).equals("CLOSED"));
        story.did(
                "The secretariat closes the project",
                plot.project,
                World.soon(() ->
                        person("secretariat-1").post(project + "/closure", Map.of("reason", "All is done and paid."))));
        story.shows("It is closed", plot.project, it -> it.phase().equals("CLOSED"));
    }
}
