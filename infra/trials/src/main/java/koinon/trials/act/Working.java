package koinon.trials.act;

import java.util.Map;
import koinon.trials.scene.Contract;
import koinon.trials.scene.Plot;
import koinon.trials.world.Reply;
import koinon.trials.world.Story;
import koinon.trials.world.World;

/// The work is done, reported, looked at by somebody else, and pays what it earned.
final class Working extends Act {

    Working(World world, Story story, Plot plot) {
        super(world, story, plot);
    }

    @Override
    public String title() {
        return "The work: reported, verified by somebody else, paid";
    }

    @Override
    public void play() {
        report("m1", "Sixteen workshops took place with 312 people.");
        story.refused(
                "An officer who may also act for Bangkok may not verify it",
                person("bangkok-and-ifcd").post(path("m1", "verification"), Map.of("achieved", 1)),
                403,
                "partner-mandate");
        story.refused(
                "A partner may not verify it",
                person("hanoi-editor").post(path("m1", "verification"), Map.of("achieved", 1)),
                403,
                "no-mandate");
        verify("An officer verifies it", "m1", Map.of("achieved", 1));

        report("m2", "The fair took place.");
        story.did(
                "An officer returns it: who came?",
                plot.project,
                person("ifcd-officer-2")
                        .post(path("m2", "return"), Map.of("reason", "The list of exhibitors is missing.")));
        report("m2", "The fair took place; 30 of 40 planned exhibitors came, the list is with us.");
        Reply unreasoned = person("ifcd-officer-2").post(path("m2", "verification"), Map.of("achieved", 0.75));
        story.expect("A part needs a reason", unreasoned.status() == 400, unreasoned.said());
        verify(
                "The officer verifies three quarters of it",
                "m2",
                Map.of("achieved", 0.75, "reason", "30 of 40 exhibitors."));

        Contract contract = Contract.of(world, story, plot.project, plot.ifcdFund, "ifcd");
        String amount = contract.awaitPayable("interim").payable(plot.ifcdFund, "interim");
        story.expect("with 25,650 of 28,500 USD, for a part was not achieved", amount.equals("25650.00"), amount);
        contract.pay("interim");
    }

    private void report(String milestone, String text) {
        story.did(
                "Hà Nội reports " + milestone,
                plot.project,
                person("hanoi-editor").post(path(milestone, "report"), Map.of("text", text)));
    }

    private void verify(String sentence, String milestone, Map<String, ?> body) {
        story.did(sentence, plot.project, person("ifcd-officer-2").post(path(milestone, "verification"), body));
    }

    private String path(String milestone, String step) {
        return "/projects/" + plot.project + "/milestones/" + milestone + "/" + step;
    }
}
