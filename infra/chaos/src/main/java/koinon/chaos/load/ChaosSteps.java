package koinon.chaos.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.client.Status;
import koinon.demo.client.Unexpected;
import koinon.demo.steps.AgreementSteps;
import koinon.demo.steps.City;
import koinon.demo.steps.ProposalSteps;

/// What the people of the load do. Each command carries a mark in what it writes, so that its event can be found.
final class ChaosSteps {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int CHANGES = 3;

    /// So little, in USD, that the funds last for every trial.
    private static final int GRANT = 20;

    private final RunningKoinon world;
    private final ChaosFixture fixture;
    private final Journal journal;

    ChaosSteps(RunningKoinon world, ChaosFixture fixture, Journal journal) {
        this.world = world;
        this.fixture = fixture;
        this.journal = journal;
    }

    private static String mark() {
        return "m" + UUID.randomUUID().toString().replace("-", "");
    }

    private Reply done(Reply reply) {
        if (!reply.isFine()) throw new Unexpected(reply.request() + " was answered " + reply.said());
        return reply;
    }

    private void marked(String mark, Reply reply) {
        done(reply);
        journal.marked(mark);
    }

    /// An editor drafts a proposal and changes its summary, each time what was read before.
    void write(City city, int number) throws InterruptedException {
        Person editor = world.person(city.editor());
        String drafting = mark();
        Reply drafted = editor.post("/proposals", Map.of("call", fixture.call(), "lead", city.id(), "title", drafting));
        marked(drafting, drafted);
        String path = "/proposals/" + drafted.id() + "/summary";
        for (int change = 1; change <= CHANGES; change++) {
            Thread.sleep(ChaosLoad.PAUSE);
            String changing = mark();
            String etag = done(editor.get(path)).etag();
            marked(
                    changing,
                    editor.put(
                            path,
                            etag,
                            Map.of(
                                    "title",
                                    city.label() + ", idea " + number,
                                    "summary",
                                    changing,
                                    "themes",
                                    List.of(),
                                    "sdgs",
                                    List.of())));
        }
    }

    /// An officer puts a dollar into a fund.
    void raise(String officer, String fund) {
        String mark = mark();
        marked(
                mark,
                world.person(officer)
                        .post("/funds/" + fund + "/envelope-increase", Map.of("amount", usd(), "reason", mark)));
    }

    private static Map<String, String> usd() {
        return Map.of("amount", "1.00", "currency", "USD");
    }

    /// The secretariat registers a city.
    void register() {
        String mark = mark();
        marked(mark, world.person("secretariat-1").post("/cities", Map.of("name", "Ville " + mark, "country", "FR")));
    }

    /// A project from its draft to the first payment, and every third to its termination.
    ///
    /// @param paid runs once it is paid
    /// @return its id
    String play(City lead, City partner, int number, Runnable paid) {
        ScenarioReport report = new ScenarioReport(world, ChaosFixture.nowhere(), PATIENCE);
        String project = submitted(report, lead, List.of(partner, City.KUALA_LUMPUR), "Round trip " + number);
        Person secretariat = world.person("secretariat-2");
        String path = "/proposals/" + project;
        report.did(
                "It is eligible",
                project,
                secretariat.post(path + "/eligibility", Map.of("eligible", true, "reason", "Complete.")));
        report.did("It is selected", project, secretariat.post(path + "/selection", Map.of("reason", "Strong.")));
        String phase = report.shows(
                        "The funds have answered",
                        project,
                        it -> it.phase().equals("CONTRACTING") || it.phase().equals("RESERVE_LISTED"))
                .phase();
        if (phase.equals("CONTRACTING")) {
            pay(report, project, lead);
            paid.run();
            if (number % 3 == 0) terminate(report, project);
        }
        report.broken().forEach(it -> journal.wrong(project + ": " + it));
        return project;
    }

    private String submitted(ScenarioReport report, City lead, List<City> partners, String title) {
        ProposalSteps draft = ProposalSteps.begin(world, report, lead, fixture.call(), title);
        draft.summary(title, "Three cities work together for a year.", 12);
        draft.workPlan("Material collected", "Presented to the public");
        draft.part(lead, GRANT, "Coordination");
        for (City city : partners) {
            draft.invite(city);
            draft.accept(city);
            draft.part(city, GRANT, "A local programme");
            draft.commit(city);
        }
        draft.commit(lead);
        report.did("It is submitted", draft.id(), draft.submission());
        return draft.id();
    }

    private void pay(ScenarioReport report, String project, City lead) {
        AgreementSteps contract = AgreementSteps.of(world, report, project, fixture.ifcdFund(), "ifcd");
        contract.comeIntoForce(lead);
        AgreementSteps other = AgreementSteps.of(world, report, project, fixture.aseanFund(), "asean");
        other.comeIntoForce(lead);
        for (City city : List.of(lead, partnerOf(lead), City.KUALA_LUMPUR))
            report.did(
                    "A partner signs",
                    project,
                    RunningKoinon.soon(() -> world.person(city.signatory())
                            .post("/projects/" + project + "/partnership-signatures", Map.of("city", city.id()))));
        contract.awaitPayable("advance");
        contract.pay("advance");
    }

    private void terminate(ScenarioReport report, String project) {
        Map<String, String> reason = Map.of("reason", "The partners have fallen out.");
        report.did(
                "It is terminated",
                project,
                world.person("secretariat-1").post("/projects/" + project + "/termination", reason));
        report.shows("Its agreements are closed", project, Status::agreementsAreClosed);
    }

    private static City partnerOf(City lead) {
        return lead == City.HANOI ? City.BANGKOK : City.CEBU;
    }
}
