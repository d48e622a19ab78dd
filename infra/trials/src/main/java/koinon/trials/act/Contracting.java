package koinon.trials.act;

import java.util.List;
import java.util.Map;
import koinon.trials.scene.City;
import koinon.trials.scene.Contract;
import koinon.trials.scene.Plot;
import koinon.trials.world.Person;
import koinon.trials.world.Story;
import koinon.trials.world.World;

/// The secretariat decides, the money is reserved, everybody signs, the project starts, and half of the money is
/// paid.
final class Contracting extends Act {

    private static final List<City> PARTNERS = List.of(City.HANOI, City.BANGKOK, City.BANDUNG, City.CEBU);

    Contracting(World world, Story story, Plot plot) {
        super(world, story, plot);
    }

    @Override
    public String title() {
        return "The decision and the contracts: reserved, signed by all, the advance paid";
    }

    @Override
    public void play() {
        decide();
        Contract contract = Contract.of(world, story, plot.project, plot.ifcdFund, "ifcd");
        sign(contract);
        payAdvance(contract);
    }

    private void decide() {
        Person secretariat = person("secretariat-1");
        String proposal = "/proposals/" + plot.project;
        story.refused(
                "Its lead may not decide on it",
                person("hanoi-signatory")
                        .post(proposal + "/eligibility", Map.of("eligible", true, "reason", "We are sure of it.")),
                403,
                "no-mandate");
        story.did(
                "The secretariat finds it eligible",
                plot.project,
                secretariat.post(
                        proposal + "/eligibility", Map.of("eligible", true, "reason", "All documents are there.")));
        story.did(
                "and selects it",
                plot.project,
                secretariat.post(proposal + "/selection", Map.of("reason", "The best of its round.")));
        story.shows(
                "The fund holds the money, the proposal is approved, the project is there",
                plot.project,
                it -> it.phase().equals("CONTRACTING"));
    }

    private void sign(Contract contract) {
        contract.comeIntoForce(City.HANOI);
        for (City city : PARTNERS)
            story.did(
                    city.label() + " signs the partnership agreement",
                    plot.project,
                    World.soon(() -> person(city.signatory())
                            .post("/projects/" + plot.project + "/partnership-signatures", Map.of("city", city.id()))));
        story.shows(
                "At the last of all this it starts by itself",
                plot.project,
                it -> it.phase().equals("ACTIVE"));
    }

    private void payAdvance(Contract contract) {
        contract.awaitPayable("advance");
        contract.step("An officer requests it", contract.request("advance"));
        story.refused(
                "Who requested it may not authorise it: an officer has no right to",
                contract.authorise("advance", contract.officer()),
                403,
                "no-mandate");
        contract.step("An approver authorises it", contract.authorise("advance", contract.approver()));
        contract.step("The officer sends it", contract.dispatch("advance", "PAY-1"));
        contract.step(
                "The bank refuses it, and an approver records that",
                contract.bankFailed("advance", "The account number is wrong."));
        Person deputy = person("ifcd-deputy");
        contract.step("A deputy, officer and approver at once, requests it anew", contract.request("advance", deputy));
        story.refused(
                "and may not authorise it either: these hands are kept separate",
                contract.authorise("advance", deputy),
                403,
                "separate-hands");
        contract.step("An approver authorises it", contract.authorise("advance", contract.approver()));
        contract.step("The officer sends it", contract.dispatch("advance", "PAY-2"));
        contract.step("The bank has paid 47,500 USD", contract.bankPaid("advance", "BANK-1"));
    }
}
