package koinon.trials.act;

import java.time.LocalDate;
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

        postpone();
        report("m2", "The fair took place.");
        story.did(
                "An officer returns it: who came?",
                plot.project,
                person("ifcd-officer-2")
                        .post(path("m2", "return"), Map.of("reason", "The list of exhibitors is missing.")));
        report("m2", "The fair took place; most of the 40 planned exhibitors came, the list is with us.");
        Reply unreasoned = person("ifcd-officer-2").post(path("m2", "verification"), Map.of("achieved", 0.9));
        story.expect("A part needs a reason", unreasoned.status() == 400, unreasoned.said());
        verify("The officer verifies nine tenths of it", "m2", Map.of("achieved", 0.9, "reason", "36 of 40 came."));
        Contract contract = Contract.of(world, story, plot.project, plot.ifcdFund, "ifcd");
        payable(contract, "27360.00");
        withdraw();

        report("m2", "The fair took place; 30 of the 40 planned exhibitors came.");
        verify("The officer verifies three quarters of it", "m2", Map.of("achieved", 0.75, "reason", "30 of 40 came."));
        payable(contract, "25650.00");
        contract.pay("interim");
    }

    private void payable(Contract contract, String expected) {
        String amount = contract.awaitPayable("interim").payable(plot.ifcdFund, "interim");
        story.expect(
                "with " + expected + " of 28500.00 USD, for a part was not achieved", amount.equals(expected), amount);
    }

    /// A verification was a mistake: a second person takes it back, and what it earned is no longer payable.
    private void withdraw() {
        Map<String, String> reason = Map.of("reason", "The list names 30 exhibitors, not 36.");
        story.refused(
                "Who verified it may not take that back",
                person("ifcd-officer-2").post(path("m2", "verification-withdrawal"), reason),
                403,
                "separate-hands");
        story.did(
                "Another officer takes it back: the list names 30",
                plot.project,
                person("ifcd-officer-1").post(path("m2", "verification-withdrawal"), reason));
        story.shows(
                "and the interim tranche waits again",
                plot.project,
                it -> it.tranche(plot.ifcdFund, "interim").equals("PLANNED"));
    }

    /// The lead asks to have the fair later; the secretariat agrees, and the status counts by the new day.
    private void postpone() {
        String due = world.status(plot.project).due("m2");
        String later = LocalDate.parse(due).plusWeeks(6).toString();
        Map<String, String> wish = Map.of("due", later, "reason", "The exhibition hall is being repaired.");
        Map<String, String> reason = Map.of("reason", "There is no other hall of that size.");
        story.refused(
                "A partner that does not lead may not ask to have the fair later",
                person("bangkok-signatory").post(path("m2", "postponement"), wish),
                403,
                "no-mandate");
        story.did(
                "Hà Nội asks to have the fair six weeks later: the hall is being repaired",
                plot.project,
                person("hanoi-signatory").post(path("m2", "postponement"), wish));
        story.shows(
                "The wish is shown, and it is the secretariat's turn",
                plot.project,
                it -> it.due("m2").equals(due)
                        && it.postponement("m2").equals(later)
                        && it.isTurnOf("secretariat@network", later));
        story.refused(
                "It is asked for once only",
                person("hanoi-signatory").post(path("m2", "postponement"), wish),
                409,
                "postponement-open");
        story.did(
                "The secretariat agrees",
                plot.project,
                person("secretariat-1").post(path("m2", "postponement/agreement"), reason));
        story.shows(
                "and the fair is due on the new day",
                plot.project,
                it -> it.due("m2").equals(later) && it.postponement("m2").isEmpty());
        story.refused(
                "What is decided is not withdrawn",
                person("hanoi-signatory").post(path("m2", "postponement/withdrawal"), reason),
                409,
                "no-postponement");
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
