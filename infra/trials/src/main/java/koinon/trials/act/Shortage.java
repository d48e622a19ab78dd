package koinon.trials.act;

import java.util.List;
import java.util.Map;
import koinon.trials.scene.City;
import koinon.trials.scene.Drafting;
import koinon.trials.scene.Plot;
import koinon.trials.world.Status;
import koinon.trials.world.Story;
import koinon.trials.world.World;

/// Two proposals under the joint call; for the second there is not enough in one of its two funds.
final class Shortage extends Act {

    Shortage(World world, Story story, Plot plot) {
        super(world, story, plot);
    }

    @Override
    public String title() {
        return "The shortage: what cannot be covered is not promised";
    }

    @Override
    public void play() {
        plot.festival =
                propose("Lanterns over three rivers", City.CEBU, List.of(City.KUALA_LUMPUR, City.SINGAPORE), 25000);
        select(plot.festival);
        story.shows(
                "Both funds hold their part; it is a project",
                plot.festival,
                it -> it.phase().equals("CONTRACTING"));

        plot.archive =
                propose("A shared archive of patterns", City.BANDUNG, List.of(City.BATTAMBANG, City.BANGKOK), 20000);
        select(plot.archive);
        Status status = story.shows(
                "One fund cannot cover it: it is on the reserve list",
                plot.archive,
                it -> it.phase().equals("RESERVE_LISTED"));
        String reason = status.reasonOf("koinon.proposal.reserve-listed.v1");
        story.expect("with the reason: " + reason, !reason.isBlank(), status.json());
        story.shows(
                "and the other fund has its money back",
                plot.archive,
                it -> it.agreement(plot.aseanFund).equals("RELEASED"));
        story.expect(
                "The fund that could not cover it says so",
                world.status(plot.archive).agreement(plot.ifcdFund).equals("REFUSED"),
                world.status(plot.archive).json());
        giveUpTheFestival();
        select("Now that money is free, the secretariat selects the archive again", plot.archive);
        story.shows(
                "This time both funds hold their part; it is a project",
                plot.archive,
                it -> it.phase().equals("CONTRACTING"));
    }

    private void giveUpTheFestival() {
        Map<String, String> reason = Map.of("reason", "The river quarter is being rebuilt.");
        story.did(
                "The festival cannot take place, and the secretariat terminates it",
                plot.festival,
                World.soon(() -> person("secretariat-1").post("/projects/" + plot.festival + "/termination", reason)));
        story.shows(
                "Both funds have their money back",
                plot.festival,
                it -> it.agreement(plot.ifcdFund).equals("RELEASED")
                        && it.agreement(plot.aseanFund).equals("RELEASED"));
        story.did(
                "and it is closed",
                plot.festival,
                World.soon(() -> person("secretariat-1").post("/projects/" + plot.festival + "/closure", reason)));
    }

    private String propose(String title, City lead, List<City> partners, int grant) {
        Drafting draft = Drafting.begin(world, story, lead, plot.jointCall, title);
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
        story.did(lead.label() + " submits it", draft.id(), draft.submission());
        return draft.id();
    }

    private void select(String proposal) {
        story.did(
                "The secretariat finds it eligible",
                proposal,
                person("secretariat-2")
                        .post(
                                "/proposals/" + proposal + "/eligibility",
                                Map.of("eligible", true, "reason", "Complete.")));
        select("and selects it", proposal);
    }

    private void select(String sentence, String proposal) {
        story.did(
                sentence,
                proposal,
                person("secretariat-2")
                        .post("/proposals/" + proposal + "/selection", Map.of("reason", "Strong partners.")));
    }
}
