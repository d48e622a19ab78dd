package koinon.demo.scenario;

import java.time.LocalDate;
import java.util.Map;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.AgreementSteps;
import koinon.demo.steps.ScenarioState;

/// The work is done, reported, looked at by somebody else, and pays what it earned.
final class Working extends Scenario {

    Working(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The work: reported, verified by somebody else, paid, closed";
    }

    @Override
    public void play() {
        report("m1", "Sixteen workshops took place with 312 people.");
        report.refused(
                "An officer who may also act for Bangkok may not verify it",
                person("bangkok-and-ifcd").post(path("m1", "verification"), Map.of("achieved", 1)),
                403,
                "partner-mandate");
        report.refused(
                "A partner may not verify it",
                person("hanoi-editor").post(path("m1", "verification"), Map.of("achieved", 1)),
                403,
                "no-mandate");
        verify("An officer verifies it", "m1", Map.of("achieved", 1));

        postpone();
        report("m2", "The fair took place.");
        report.did(
                "An officer returns it: who came?",
                state.project,
                person("ifcd-officer-2")
                        .post(path("m2", "return"), Map.of("reason", "The list of exhibitors is missing.")));
        report("m2", "The fair took place; most of the 40 planned exhibitors came, the list is with us.");
        Reply unreasoned = person("ifcd-officer-2").post(path("m2", "verification"), Map.of("achieved", 0.9));
        report.expect("A part needs a reason", unreasoned.status() == 400, unreasoned.said());
        verify("The officer verifies nine tenths of it", "m2", Map.of("achieved", 0.9, "reason", "36 of 40 came."));
        AgreementSteps contract = AgreementSteps.of(world, report, state.project, state.ifcdFund, "ifcd");
        payable(contract, "27360.00");
        withdraw();

        report("m2", "The fair took place; 30 of the 40 planned exhibitors came.");
        verify("The officer verifies three quarters of it", "m2", Map.of("achieved", 0.75, "reason", "30 of 40 came."));
        payable(contract, "25650.00");
        contract.pay("interim");
        end(contract);
    }

    /// The project is completed, the balance is paid, and everything is closed.
    private void end(AgreementSteps contract) {
        String project = "/projects/" + state.project;
        report.did(
                "An officer finds all work done",
                state.project,
                person("ifcd-officer-2")
                        .post(project + "/completion", Map.of("reason", "Both milestones are verified.")));
        report.refused(
                "It cannot be closed while its agreement is open",
                person("secretariat-1").post(project + "/closure", Map.of("reason", "All is done.")),
                409,
                "agreements-open");
        contract.awaitPayable("balance");
        contract.pay("balance");
        report.shows(
                "The agreement closes by itself, what is left goes back to the fund",
                state.project,
                it -> it.agreement(state.ifcdFund).equals("CLOSED"));
        report.did(
                "The secretariat closes the project",
                state.project,
                RunningKoinon.soon(() ->
                        person("secretariat-1").post(project + "/closure", Map.of("reason", "All is done and paid."))));
        report.shows("It is closed", state.project, it -> it.phase().equals("CLOSED"));
        redact(project + "/redactions");
    }

    /// A text is redacted: nobody is shown it any more.
    private void redact(String path) {
        Map<String, String> reason =
                Map.of("text", "Both milestones are verified.", "reason", "A person asked for it.");
        report.refused("A city may not redact a reason", person("hanoi-editor").post(path, reason), 403, "no-mandate");
        report.did(
                "The secretariat redacts a reason",
                state.project,
                person("secretariat-1").post(path, reason));
        report.shows(
                "Nobody is shown it any more",
                state.project,
                it -> it.reasonOf("koinon.project.completed.v1").equals("[redacted]"));
    }

    private void payable(AgreementSteps contract, String expected) {
        String amount = contract.awaitPayable("interim").payable(state.ifcdFund, "interim");
        report.expect(
                "with " + expected + " of 28500.00 USD, for a part was not achieved", amount.equals(expected), amount);
    }

    /// A verification was a mistake: a second person takes it back, and what it earned is no longer payable.
    private void withdraw() {
        Map<String, String> reason = Map.of("reason", "The list names 30 exhibitors, not 36.");
        report.refused(
                "Who verified it may not take that back",
                person("ifcd-officer-2").post(path("m2", "verification-withdrawal"), reason),
                403,
                "separate-hands");
        report.did(
                "Another officer takes it back: the list names 30",
                state.project,
                person("ifcd-officer-1").post(path("m2", "verification-withdrawal"), reason));
        report.shows(
                "and the interim tranche waits again",
                state.project,
                it -> it.tranche(state.ifcdFund, "interim").equals("PLANNED"));
    }

    /// The lead asks to have the fair later; the secretariat agrees, and the status counts by the new day.
    private void postpone() {
        String due = world.status(state.project).due("m2");
        String later = LocalDate.parse(due).plusWeeks(6).toString();
        Map<String, String> wish = Map.of("due", later, "reason", "The exhibition hall is being repaired.");
        Map<String, String> reason = Map.of("reason", "There is no other hall of that size.");
        report.refused(
                "A partner that does not lead may not ask to have the fair later",
                person("bangkok-signatory").post(path("m2", "postponement"), wish),
                403,
                "no-mandate");
        report.did(
                "Hà Nội asks to have the fair six weeks later: the hall is being repaired",
                state.project,
                person("hanoi-signatory").post(path("m2", "postponement"), wish));
        report.shows(
                "The wish is shown, and it is the secretariat's turn",
                state.project,
                it -> it.due("m2").equals(due)
                        && it.postponement("m2").equals(later)
                        && it.isAskedOf("secretariat@network", later));
        report.refused(
                "It is asked for once only",
                person("hanoi-signatory").post(path("m2", "postponement"), wish),
                409,
                "postponement-open");
        report.did(
                "The secretariat agrees",
                state.project,
                person("secretariat-1").post(path("m2", "postponement/agreement"), reason));
        report.shows(
                "and the fair is due on the new day",
                state.project,
                it -> it.due("m2").equals(later) && it.postponement("m2").isEmpty());
        report.refused(
                "What is decided is not withdrawn",
                person("hanoi-signatory").post(path("m2", "postponement/withdrawal"), reason),
                409,
                "no-postponement");
    }

    private void report(String milestone, String text) {
        report.did(
                "Hà Nội reports " + milestone,
                state.project,
                person("hanoi-editor").post(path(milestone, "report"), Map.of("text", text)));
    }

    private void verify(String sentence, String milestone, Map<String, ?> body) {
        report.did(sentence, state.project, person("ifcd-officer-2").post(path(milestone, "verification"), body));
    }

    private String path(String milestone, String step) {
        return "/projects/" + state.project + "/milestones/" + milestone + "/" + step;
    }
}
