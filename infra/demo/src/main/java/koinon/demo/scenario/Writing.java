package koinon.demo.scenario;

import java.util.ArrayList;
import java.util.List;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.City;
import koinon.demo.steps.ProposalSteps;
import koinon.demo.steps.ScenarioState;
import tools.jackson.databind.JsonNode;

/// Hà Nội writes a proposal with cities of ASEAN.
final class Writing extends Scenario {

    private static final String TITLE = "Craft routes of the Red River and the Mekong";

    Writing(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The proposal: Hà Nội writes with cities of ASEAN";
    }

    @Override
    public void play() {
        ProposalSteps draft = ProposalSteps.takeUp(world, report, City.HANOI, state.ifcdCall, TITLE, state.idea);
        state.project = draft.id();
        draft.summary(TITLE, "Design schools and craft villages of four cities train each other.", 18);
        draft.workPlan("Sixteen workshops held", "A joint design fair held");
        draft.part(City.HANOI, 45000, "Coordination and four workshops");
        draft.invite(City.BANGKOK);
        draft.invite(City.BANDUNG);
        draft.invite(City.SINGAPORE);
        draft.accept(City.BANGKOK);
        draft.accept(City.BANDUNG);
        draft.decline(City.SINGAPORE, "Our year is full.");
        draft.invite(City.CEBU);
        draft.accept(City.CEBU);
        draft.part(City.BANGKOK, 20000, "Four workshops");
        draft.part(City.BANDUNG, 20000, "Four workshops");
        draft.part(City.CEBU, 20000, "Four workshops and the fair");

        List<String> missing = unmet(draft.readiness());
        report.expect("It is not ready: too much is asked for", missing.contains("grant"), missing);
        report.expect("and nobody has committed", missing.contains("commitments"), missing);
        report.refused("So it cannot be submitted", draft.submission(), 409, "not-ready");

        draft.part(City.HANOI, 35000, "Coordination and four workshops");
        for (City city : List.of(City.HANOI, City.BANGKOK, City.BANDUNG, City.CEBU)) draft.commit(city);
        draft.part(City.BANGKOK, 19000, "Three workshops");
        missing = unmet(draft.readiness());
        report.expect("Bangkok's change has undone its commitment", missing.equals(List.of("commitments")), missing);
        draft.part(City.BANGKOK, 20000, "Four workshops");
        draft.commit(City.BANGKOK);
        missing = unmet(draft.readiness());
        report.expect("Now every rule is met", missing.isEmpty(), missing);

        report.refused(
                "An editor may not submit",
                person(City.HANOI.editor()).post("/proposals/" + state.project + "/submission"),
                403,
                "no-mandate");
        report.did("Hà Nội's signatory submits it", state.project, draft.submission());
    }

    private static List<String> unmet(JsonNode readiness) {
        List<String> rules = new ArrayList<>();
        for (JsonNode finding : readiness.path("findings"))
            if (!finding.path("met").asBoolean()) rules.add(finding.path("rule").asString());
        return rules;
    }
}
