package koinon.demo.scenario;

import java.util.List;
import java.util.Map;
import koinon.demo.client.Person;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.AgreementSteps;
import koinon.demo.steps.City;
import koinon.demo.steps.ProposalSteps;
import koinon.demo.steps.ScenarioState;

/// More projects, each left at another point of its way, so that there is something to look at and to do.
final class Underway extends Scenario {

    private static final int GRANT = 20_000;

    Underway(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The next projects: from a first draft to a milestone that waits for its verification";
    }

    @Override
    public void play() {
        raise("ifcd-officer-1", state.ifcdFund, Map.of(state.ifcdCall, "350000.00", state.jointCall, "150000.00"));
        raise("asean-officer-1", state.aseanFund, Map.of(state.jointCall, "150000.00"));
        state.underway =
                start("Night markets of the old quarters", City.KUALA_LUMPUR, List.of(City.HANOI, City.SINGAPORE));
        report("m1", "Nine night markets took place in three old quarters, with 140 makers.");
        String verified = start("Songs of the straits", City.SINGAPORE, List.of(City.KUALA_LUMPUR, City.BANDUNG));
        reportAndVerify(verified);
        select(propose("Lantern workshops along the canals", City.BANGKOK, List.of(City.CEBU)));
        propose("Street food schools", City.BATTAMBANG, List.of(City.BANGKOK, City.HANOI));
        state.draft = draft("Paper, silk and indigo", City.HANOI, List.of(City.BATTAMBANG))
                .id();
    }

    private void raise(String officer, String fund, Map<String, String> aside) {
        Person person = person(officer);
        report.did(
                "An officer puts more money into the fund",
                person.post(
                        "/funds/" + fund + "/envelope-increase",
                        Map.of("amount", Calls.usd("400000.00"), "reason", "The contribution of 2027.")));
        aside.forEach((call, amount) -> {
            String path = "/funds/" + fund + "/set-asides/" + call;
            report.did(
                    "and sets aside " + amount + " USD for a call",
                    person.put(path, person.get(path).etag(), Map.of("amount", Calls.usd(amount))));
        });
    }

    private ProposalSteps draft(String title, City lead, List<City> partners) {
        ProposalSteps draft = ProposalSteps.begin(world, report, lead, state.ifcdCall, title);
        draft.summary(title, "Makers of the cities teach each other, and show together what came of it.", 18);
        draft.workPlan("Workshops held in every city", "What came of it shown to the public");
        draft.part(lead, GRANT, "Coordination and workshops");
        partners.forEach(draft::invite);
        return draft;
    }

    private String propose(String title, City lead, List<City> partners) {
        ProposalSteps draft = draft(title, lead, partners);
        for (City city : partners) {
            draft.accept(city);
            draft.part(city, GRANT / 2, "Workshops in " + city.label());
            draft.commit(city);
        }
        draft.commit(lead);
        report.did(lead.label() + " submits it", draft.id(), draft.submission());
        return draft.id();
    }

    private void select(String proposal) {
        Person secretariat = person("secretariat-2");
        report.did(
                "The secretariat finds it eligible",
                proposal,
                secretariat.post(
                        "/proposals/" + proposal + "/eligibility", Map.of("eligible", true, "reason", "Complete.")));
        report.did(
                "and selects it",
                proposal,
                secretariat.post("/proposals/" + proposal + "/selection", Map.of("reason", "Strong partners.")));
        report.shows("It is a project", proposal, it -> it.phase().equals("CONTRACTING"));
    }

    private String start(String title, City lead, List<City> partners) {
        String project = propose(title, lead, partners);
        select(project);
        AgreementSteps contract = AgreementSteps.of(world, report, project, state.ifcdFund, "ifcd");
        contract.comeIntoForce(lead);
        sign(project, lead);
        partners.forEach(it -> sign(project, it));
        report.shows("It starts by itself", project, it -> it.phase().equals("ACTIVE"));
        contract.awaitPayable("advance");
        contract.pay("advance");
        return project;
    }

    private void sign(String project, City city) {
        report.did(
                city.label() + " signs the partnership agreement",
                project,
                RunningKoinon.soon(() -> person(city.signatory())
                        .post("/projects/" + project + "/partnership-signatures", Map.of("city", city.id()))));
    }

    private void report(String milestone, String text) {
        report.did(
                "Kuala Lumpur reports the first milestone",
                state.underway,
                person(City.KUALA_LUMPUR.editor())
                        .post(
                                "/projects/" + state.underway + "/milestones/" + milestone + "/report",
                                Map.of("text", text)));
    }

    private void reportAndVerify(String project) {
        String milestone = "/projects/" + project + "/milestones/m1/";
        report.did(
                "Singapore reports the first milestone",
                project,
                person(City.SINGAPORE.editor())
                        .post(
                                milestone + "report",
                                Map.of(
                                        "text",
                                        "Forty songs were recorded in three cities.",
                                        "evidence",
                                        List.of(Map.of(
                                                "title", "List of the recordings",
                                                "link", "https://example.org/forty-songs.pdf",
                                                "mediaType", "application/pdf")))));
        report.did(
                "An officer verifies it",
                project,
                person("ifcd-officer-2").post(milestone + "verification", Map.of("achieved", 1)));
    }
}
