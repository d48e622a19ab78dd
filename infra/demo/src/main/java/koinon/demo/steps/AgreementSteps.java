package koinon.demo.steps;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.client.Status;
import koinon.demo.client.Unexpected;
import tools.jackson.databind.JsonNode;

/// An agreement between a fund and a project: how it comes into force and how its tranches are paid.
public final class AgreementSteps {

    private final RunningKoinon world;
    private final ScenarioReport report;
    private final String project;
    private final String fund;
    private final String funder;
    private final String id;

    private AgreementSteps(
            RunningKoinon world, ScenarioReport report, String project, String fund, String funder, String id) {
        this.world = world;
        this.report = report;
        this.project = project;
        this.fund = fund;
        this.funder = funder;
        this.id = id;
    }

    /// The one of a project with a fund.
    ///
    /// @param funder how its people's keys begin: `ifcd`, `asean`
    public static AgreementSteps of(
            RunningKoinon world, ScenarioReport report, String project, String fund, String funder) {
        Reply found = world.person(funder + "-officer-1").get("/agreements?project=" + project + "&fund=" + fund);
        JsonNode items = found.body().path("items");
        if (items.size() != 1) throw new Unexpected("One agreement was expected, found " + found.body());
        return new AgreementSteps(
                world, report, project, fund, funder, items.get(0).path("id").asString());
    }

    public String id() {
        return id;
    }

    /// Offered by an officer, signed by the beneficiary, countersigned by an approver.
    public void comeIntoForce(City beneficiary) {
        report.did(
                "An officer of " + funder + " offers the agreement",
                project,
                RunningKoinon.soon(() -> officer().post("/agreements/" + id + "/offer")));
        report.did(
                beneficiary.label() + " signs it",
                project,
                world.person(beneficiary.signatory()).post("/agreements/" + id + "/signature"));
        report.did(
                "An approver countersigns: it is in force",
                project,
                approver().post("/agreements/" + id + "/countersignature"));
    }

    public Reply request(String tranche) {
        return request(tranche, officer());
    }

    public Reply request(String tranche, Person who) {
        return who.post(path(tranche, "request"));
    }

    public Reply authorise(String tranche, Person who) {
        return who.post(path(tranche, "authorisation"));
    }

    public Reply dispatch(String tranche, String reference) {
        return officer().post(path(tranche, "dispatch"), Map.of("reference", reference));
    }

    /// All that was ordered has arrived today.
    public Reply bankPaid(String tranche, String reference) {
        var payable = officer()
                .get("/agreements/" + id + "/tranches/" + tranche)
                .body()
                .path("payable");
        return approver()
                .post(
                        path(tranche, "payment"),
                        Map.of(
                                "bankReference", reference,
                                "bookedOn", LocalDate.now(ZoneOffset.UTC).toString(),
                                "amount", payable));
    }

    public Reply bankFailed(String tranche, String reason) {
        return approver().post(path(tranche, "failure"), Map.of("reason", reason));
    }

    private String path(String tranche, String step) {
        return "/agreements/" + id + "/tranches/" + tranche + "/" + step;
    }

    /// Waits until a tranche is payable, which it becomes by itself.
    public Status awaitPayable(String tranche) {
        return report.shows(
                "The " + tranche + " is payable by itself",
                project,
                it -> it.tranche(fund, tranche).equals("PAYABLE"));
    }

    /// From payable to paid, every step by whose turn it is.
    public void pay(String tranche) {
        step("An officer requests it", request(tranche));
        step("An approver authorises it", authorise(tranche, approver()));
        step("The officer sends it to the bank", dispatch(tranche, "PAY-" + tranche));
        step("The bank has paid the " + tranche, bankPaid(tranche, "BANK-" + tranche));
    }

    public void step(String sentence, Reply reply) {
        report.did(sentence, project, reply);
    }

    public Person officer() {
        return world.person(funder + "-officer-1");
    }

    public Person approver() {
        return world.person(funder + "-approver-1");
    }
}
