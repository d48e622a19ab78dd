package koinon.trials.chaos.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import koinon.trials.scene.City;
import koinon.trials.scene.Contract;
import koinon.trials.scene.Drafting;
import koinon.trials.world.Person;
import koinon.trials.world.Reply;
import koinon.trials.world.Status;
import koinon.trials.world.Story;
import koinon.trials.world.Unexpected;
import koinon.trials.world.World;

/// What the people of the load do. Each command carries a mark in what it writes, so that its event can be found.
final class Steps {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int CHANGES = 3;

    /// So little, in USD, that the funds last for every trial.
    private static final int GRANT = 20;

    private final World world;
    private final Ground ground;
    private final Journal journal;

    Steps(World world, Ground ground, Journal journal) {
        this.world = world;
        this.ground = ground;
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
        Reply drafted = editor.post("/proposals", Map.of("call", ground.call(), "lead", city.id(), "title", drafting));
        marked(drafting, drafted);
        String path = "/proposals/" + drafted.id() + "/summary";
        for (int change = 1; change <= CHANGES; change++) {
            Thread.sleep(Load.PAUSE);
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
    /// @param paid is told once it is paid
    /// @return its id
    String play(City lead, City partner, int number, Runnable paid) {
        Story story = new Story(world, Ground.nowhere(), PATIENCE);
        String project = submitted(story, lead, List.of(partner, City.KUALA_LUMPUR), "Round trip " + number);
        Person secretariat = world.person("secretariat-2");
        String path = "/proposals/" + project;
        story.did(
                "It is eligible",
                project,
                secretariat.post(path + "/eligibility", Map.of("eligible", true, "reason", "Complete.")));
        story.did("It is selected", project, secretariat.post(path + "/selection", Map.of("reason", "Strong.")));
        String phase = story.shows(
                        "The funds have answered",
                        project,
                        it -> it.phase().equals("CONTRACTING") || it.phase().equals("RESERVE_LISTED"))
                .phase();
        if (phase.equals("CONTRACTING")) {
            pay(story, project, lead);
            paid.run();
            if (number % 3 == 0) terminate(story, project);
        }
        story.broken().forEach(it -> journal.wrong(project + ": " + it));
        return project;
    }

    private String submitted(Story story, City lead, List<City> partners, String title) {
        Drafting draft = Drafting.begin(world, story, lead, ground.call(), title);
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
        story.did("It is submitted", draft.id(), draft.submission());
        return draft.id();
    }

    private void pay(Story story, String project, City lead) {
        Contract contract = Contract.of(world, story, project, ground.ifcdFund(), "ifcd");
        contract.comeIntoForce(lead);
        Contract other = Contract.of(world, story, project, ground.aseanFund(), "asean");
        other.comeIntoForce(lead);
        for (City city : List.of(lead, partnerOf(lead), City.KUALA_LUMPUR))
            story.did(
                    "A partner signs",
                    project,
                    World.soon(() -> world.person(city.signatory())
                            .post("/projects/" + project + "/partnership-signatures", Map.of("city", city.id()))));
        contract.awaitPayable("advance");
        contract.pay("advance");
    }

    private void terminate(Story story, String project) {
        Map<String, String> reason = Map.of("reason", "The partners have fallen out.");
        story.did(
                "It is terminated",
                project,
                world.person("secretariat-1").post("/projects/" + project + "/termination", reason));
        story.shows("Its agreements are closed", project, Status::agreementsAreClosed);
    }

    private static City partnerOf(City lead) {
        return lead == City.HANOI ? City.BANGKOK : City.CEBU;
    }
}
