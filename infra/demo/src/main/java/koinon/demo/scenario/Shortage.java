package koinon.demo.scenario;

import java.util.List;
import java.util.Map;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.client.Status;
import koinon.demo.steps.City;
import koinon.demo.steps.ProposalSteps;
import koinon.demo.steps.ScenarioState;

/// Two proposals under the joint call; for the second there is not enough in one of its two funds.
final class Shortage extends Scenario {

    Shortage(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The shortage: what cannot be covered is not promised";
    }

    @Override
    public void play() {
        state.festival =
                propose("Lanterns over three rivers", City.CEBU, List.of(City.KUALA_LUMPUR, City.SINGAPORE), 25000);
        select(state.festival);
        report.shows(
                "Both funds hold their part; it is a project",
                state.festival,
                it -> it.phase().equals("CONTRACTING"));

        state.archive =
                propose("A shared archive of patterns", City.BANDUNG, List.of(City.BATTAMBANG, City.BANGKOK), 20000);
        select(state.archive);
        Status status = report.shows(
                "One fund cannot cover it: it is on the reserve list",
                state.archive,
                it -> it.phase().equals("RESERVE_LISTED"));
        String reason = status.reasonOf("koinon.proposal.reserve-listed.v1");
        report.expect("with the reason: " + reason, !reason.isBlank(), status.json());
        report.shows(
                "and the other fund has its money back",
                state.archive,
                it -> it.agreement(state.aseanFund).equals("RELEASED"));
        report.expect(
                "The fund that could not cover it says so",
                world.status(state.archive).agreement(state.ifcdFund).equals("REFUSED"),
                world.status(state.archive).json());
        giveUpTheFestival();
        select("Now that money is free, the secretariat selects the archive again", state.archive);
        report.shows(
                "This time both funds hold their part; it is a project",
                state.archive,
                it -> it.phase().equals("CONTRACTING"));
    }

    private void giveUpTheFestival() {
        Map<String, String> reason = Map.of("reason", "The river quarter is being rebuilt.");
        report.did(
                "The festival cannot take place, and the secretariat terminates it",
                state.festival,
                RunningKoinon.soon(
                        () -> person("secretariat-1").post("/projects/" + state.festival + "/termination", reason)));
        report.shows(
                "Both funds have their money back",
                state.festival,
                it -> it.agreement(state.ifcdFund).equals("RELEASED")
                        && it.agreement(state.aseanFund).equals("RELEASED"));
        report.did(
                "and it is closed",
                state.festival,
                RunningKoinon.soon(
                        () -> person("secretariat-1").post("/projects/" + state.festival + "/closure", reason)));
    }

    private String propose(String title, City lead, List<City> partners, int grant) {
        ProposalSteps draft = ProposalSteps.begin(world, report, lead, state.jointCall, title);
        draft.summary(title, "Three cities work together for a year.", 12);
        draft.workPlan("Material collected", "Presented to the public");
        draft.part(lead, grant, "Coordination");
        for (City city : partners) {
            draft.invite(city);
            draft.accept(city);
            draft.part(city, grant, "A local programme");
            draft.commit(city);
        }
        draft.commit(lead);
        report.did(lead.label() + " submits it", draft.id(), draft.submission());
        return draft.id();
    }

    private void select(String proposal) {
        report.did(
                "The secretariat finds it eligible",
                proposal,
                person("secretariat-2")
                        .post(
                                "/proposals/" + proposal + "/eligibility",
                                Map.of("eligible", true, "reason", "Complete.")));
        select("and selects it", proposal);
    }

    private void select(String sentence, String proposal) {
        report.did(
                sentence,
                proposal,
                person("secretariat-2")
                        .post("/proposals/" + proposal + "/selection", Map.of("reason", "Strong partners.")));
    }
}
