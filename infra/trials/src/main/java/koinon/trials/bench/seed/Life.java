package koinon.trials.bench.seed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What happens to a project, as the newest samples of the contracts tell it.
final class Life {

    /// From a draft to the first report, with its money in force: 20 events.
    static final List<String> WHOLE = List.of(
            "proposal.drafted",
            "proposal.summary-changed",
            "proposal.work-plan-changed",
            "proposal.partner-invited",
            "proposal.partner-accepted",
            "proposal.partner-part-changed",
            "proposal.partner-committed",
            "proposal.submitted",
            "proposal.found-eligible",
            "proposal.selected",
            "agreement.requested",
            "agreement.reserved",
            "proposal.approved",
            "project.created",
            "agreement.offered",
            "agreement.signed",
            "agreement.in-force",
            "project.partnership-signed",
            "project.started",
            "project.milestone-reported");

    /// The least that makes an active project: 5 events.
    static final List<String> SHORT = List.of(
            "proposal.drafted", "proposal.summary-changed", "proposal.approved", "project.created", "project.started");

    private static final String PROJECT = "@project@";
    private static final String TITLE = "@title@";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Step> steps = new ArrayList<>();

    private record Step(String aggregate, String type, String text) {}

    /// One event of one project.
    ///
    /// @param subject `<aggregate>/<id>`
    record Event(String topic, String subject, String type, String text) {

        String id() {
            return subject.substring(subject.indexOf('/') + 1);
        }
    }

    /// @param contracts the folder `infra/contracts`
    Life(Path contracts, List<String> events) throws IOException {
        for (String event : events) {
            String aggregate = event.substring(0, event.indexOf('.'));
            String type = "koinon." + event + ".v1";
            JsonNode samples = JSON.readTree(
                            contracts.resolve(service(aggregate)).resolve(type + ".json"))
                    .path("examples");
            var sample = (ObjectNode) samples.get(samples.size() - 1);
            if (sample.has("project")) sample.put("project", PROJECT);
            if (sample.has("title")) sample.put("title", TITLE);
            if (sample.path("award") instanceof ObjectNode award) award.put("title", TITLE);
            steps.add(new Step(aggregate, type, JSON.writeValueAsString(sample)));
        }
    }

    /// The id of the project with a number.
    static String project(int number) {
        return named("project " + number);
    }

    /// Everything that happens to the project with a number, in order.
    List<Event> of(int number) {
        String project = project(number);
        String agreement = named("agreement " + number);
        var events = new ArrayList<Event>(steps.size());
        for (Step step : steps) {
            String id = step.aggregate().equals("agreement") ? agreement : project;
            events.add(new Event(
                    "koinon." + service(step.aggregate()),
                    step.aggregate() + "/" + id,
                    step.type(),
                    step.text().replace(PROJECT, project).replace(TITLE, "Project " + number)));
        }
        return events;
    }

    private static String service(String aggregate) {
        return aggregate.equals("agreement") ? "funding" : "projects";
    }

    private static String named(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
