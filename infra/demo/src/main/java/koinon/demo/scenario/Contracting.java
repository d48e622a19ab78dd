package koinon.demo.scenario;

import java.util.List;
import java.util.Map;
import koinon.demo.client.Person;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.AgreementSteps;
import koinon.demo.steps.City;
import koinon.demo.steps.ScenarioState;

/// The secretariat decides, the money is reserved, everybody signs, the project starts, and half of the money is
/// paid.
final class Contracting extends Scenario {

    private static final List<City> PARTNERS = List.of(City.HANOI, City.BANGKOK, City.BANDUNG, City.CEBU);

    Contracting(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The decision and the contracts: reserved, signed by all, the advance paid";
    }

    @Override
    public void play() {
        decide();
        AgreementSteps contract = AgreementSteps.of(world, report, state.project, state.ifcdFund, "ifcd");
        state.agreement = contract.id();
        sign(contract);
        payAdvance(contract);
    }

    private void decide() {
        Person secretariat = person("secretariat-1");
        String proposal = "/proposals/" + state.project;
        report.refused(
                "Its lead may not decide on it",
                person("hanoi-signatory")
                        .post(proposal + "/eligibility", Map.of("eligible", true, "reason", "We are sure of it.")),
                403,
                "no-mandate");
        report.did(
                "The secretariat finds it ineligible, by mistake",
                state.project,
                secretariat.post(
                        proposal + "/eligibility", Map.of("eligible", false, "reason", "The letter is missing.")));
        report.refused(
                "Who made the decision does not reverse it",
                secretariat.post(proposal + "/decision-reversal", Map.of("reason", "The letter is there.")),
                403,
                "separate-hands");
        report.did(
                "A second person of the secretariat reverses it",
                state.project,
                person("secretariat-2")
                        .post(proposal + "/decision-reversal", Map.of("reason", "The letter is there.")));
        report.did(
                "The secretariat finds it eligible",
                state.project,
                secretariat.post(
                        proposal + "/eligibility", Map.of("eligible", true, "reason", "All documents are there.")));
        report.did(
                "and selects it",
                state.project,
                secretariat.post(proposal + "/selection", Map.of("reason", "The best of its round.")));
        report.shows(
                "The fund holds the money, the proposal is approved, the project is there",
                state.project,
                it -> it.phase().equals("CONTRACTING"));
    }

    private void sign(AgreementSteps contract) {
        contract.comeIntoForce(City.HANOI);
        for (City city : PARTNERS)
            report.did(
                    city.label() + " signs the partnership agreement",
                    state.project,
                    RunningKoinon.soon(() -> person(city.signatory())
                            .post(
                                    "/projects/" + state.project + "/partnership-signatures",
                                    Map.of("city", city.id()))));
        report.shows(
                "At the last of all this it starts by itself",
                state.project,
                it -> it.phase().equals("ACTIVE"));
    }

    private void payAdvance(AgreementSteps contract) {
        contract.awaitPayable("advance");
        contract.step("An officer requests it", contract.request("advance"));
        report.refused(
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
        report.refused(
                "and may not authorise it either: these hands are kept separate",
                contract.authorise("advance", deputy),
                403,
                "separate-hands");
        contract.step("An approver authorises it", contract.authorise("advance", contract.approver()));
        contract.step("The officer sends it", contract.dispatch("advance", "PAY-2"));
        contract.step("The bank has paid 47,500 USD", contract.bankPaid("advance", "BANK-1"));
    }
}
