package koinon.demo.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.ScenarioState;
import tools.jackson.databind.JsonNode;

/// What is left to see at the end: the statuses, the timeline, and a ledger that adds up to nothing.
final class Accounts extends Scenario {

    Accounts(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        super(world, report, state);
    }

    @Override
    public String title() {
        return "The accounts: what is there to see";
    }

    private static Stream<JsonNode> all(Reply timeline) {
        return StreamSupport.stream(timeline.body().path("items").spliterator(), false);
    }

    @Override
    public void play() {
        Person auditor = person("auditor");
        report.did("The auditor reads the ledger", auditor.get("/ledger/balances"));
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode line : auditor.all("/ledger/balances")) {
            JsonNode amount = line.path("amount");
            sums.merge(
                    amount.path("currency").asString(),
                    new BigDecimal(amount.path("amount").asString()),
                    BigDecimal::add);
            report.note(String.format(
                    "%12s %s  %s",
                    amount.path("amount").asString(),
                    amount.path("currency").asString(),
                    line.path("account").asString()));
        }
        report.expect(
                "It adds up to zero in every currency",
                !sums.isEmpty() && sums.values().stream().allMatch(it -> it.signum() == 0),
                sums);

        Map<String, String> phases = new TreeMap<>();
        for (String call : List.of(state.ifcdCall, state.jointCall)) {
            for (JsonNode status : auditor.get("/status/projects?call=" + call + "&limit=200")
                    .body()
                    .path("items"))
                phases.put(status.path("id").asString(), status.path("phase").asString());
        }
        report.expect(
                "The list shows two closed and one being contracted",
                "CLOSED".equals(phases.get(state.project))
                        && "CLOSED".equals(phases.get(state.festival))
                        && "CONTRACTING".equals(phases.get(state.archive)),
                phases);

        Reply timeline =
                report.did("The timeline of the first", auditor.get("/status/projects/" + state.project + "/timeline"));
        report.expect(
                "names who did what, and why",
                all(timeline).allMatch(it -> !it.path("actor").asString("").isBlank())
                        && all(timeline)
                                .anyMatch(it ->
                                        !it.at("/facts/reason").asString("").isBlank()
                                                && it.path("type").asString("").equals("koinon.proposal.selected.v1")),
                timeline.body());

        Reply forum = report.did("What came of the forum", auditor.get("/status/gatherings/" + state.forum));
        report.expect(
                "is its idea, which became this project, and the money that was paid",
                forum.body().at("/ideas/0/takenUp/0").asString("").equals(state.project)
                        && forum.body().at("/projects/0/phase").asString("").equals("CLOSED")
                        && !forum.body().at("/money/0/paid/amount").asString("").isEmpty(),
                forum.body());

        report.note("");
        report.note("Craft routes of the Red River and the Mekong: "
                + world.status(state.project).inShort());
        report.note("Status    " + world.gateway() + "/api/v1/status/projects/" + state.project);
        report.note("Timeline  " + world.gateway() + "/api/v1/status/projects/" + state.project + "/timeline");
        report.note("Ledger    " + world.gateway() + "/api/v1/ledger");
    }
}
