package koinon.demo.scenario;

import java.util.Map;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.AgreementSteps;
import koinon.demo.steps.ScenarioState;

/// The project is completed, the balance is paid, and everything is closed.
final class Ending extends Scenario {

    Ending(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The end: completed, the balance paid, closed";
    }

    @Override
    public void play() {
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
        AgreementSteps contract = AgreementSteps.of(world, report, state.project, state.ifcdFund, "ifcd");
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
}
