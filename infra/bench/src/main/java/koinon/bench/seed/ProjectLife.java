package koinon.bench.seed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What happens to a project, as the newest samples of the contracts tell it.
final class ProjectLife {

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
    private static final String GATHERING = "@gathering@";

    /// As many projects came of each gathering.
    private static final int OF_ONE_GATHERING = 50;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Step> steps = new ArrayList<>();
    private final Path contracts;

    /// The states after these events, as the services publish them.
    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("proposal.drafted", "DRAFT"),
            Map.entry("proposal.submitted", "SUBMITTED"),
            Map.entry("proposal.found-eligible", "ELIGIBLE"),
            Map.entry("proposal.selected", "SELECTED"),
            Map.entry("proposal.approved", "APPROVED"),
            Map.entry("agreement.requested", "REQUESTED"),
            Map.entry("agreement.reserved", "RESERVED"),
            Map.entry("agreement.offered", "OFFERED"),
            Map.entry("agreement.signed", "SIGNED"),
            Map.entry("agreement.in-force", "IN_FORCE"),
            Map.entry("project.created", "CONTRACTING"),
            Map.entry("project.started", "ACTIVE"));

    /// One next action, as long as a usual one.
    private static final String NEXT = """
            [{"action":"milestone.report","right":"city-editor@city/vn-hanoi","subject":"milestone/m1",\
            "says":{"key":"milestone.report","values":{"title":"Opening"},"text":"Report the milestone \\"Opening\\"."},\
            "since":"2026-03-01T09:00:00Z","due":{"at":"2027-06-02T00:00:00Z","zone":"UTC"}}]""";

    private record Step(String aggregate, String type, Map<String, String> envelope, String text) {}

    /// One event of one project.
    ///
    /// @param subject `<aggregate>/<id>`
    /// @param envelope the headers that say the state
    record Event(String topic, String subject, String type, Map<String, String> envelope, String text) {

        String id() {
            return subject.substring(subject.indexOf('/') + 1);
        }
    }

    /// @param contracts the folder `infra/contracts`
    ProjectLife(Path contracts, List<String> events) throws IOException {
        this.contracts = contracts;
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
            if (sample.path("origin") instanceof ObjectNode origin)
                origin.put("kind", "gathering").put("id", GATHERING);
            steps.add(new Step(aggregate, type, envelope(event), JSON.writeValueAsString(sample)));
        }
    }

    private static Map<String, String> envelope(String event) {
        return STATES.containsKey(event)
                ? Map.of("ce_state", STATES.get(event), "ce_next", NEXT)
                : Map.of("ce_next", NEXT);
    }

    /// The id of the gathering that a project came from.
    static String gathering(int number) {
        return "gathering-" + number / OF_ONE_GATHERING;
    }

    /// The announcement of the gathering that a project came from.
    Event announcement(int number) throws IOException {
        String type = "koinon.gathering.announced.v1";
        JsonNode samples = JSON.readTree(contracts.resolve("cities").resolve(type + ".json"))
                .path("examples");
        return new Event(
                "koinon.cities",
                "gathering/" + gathering(number),
                type,
                Map.of("ce_state", "ANNOUNCED", "ce_next", "[]"),
                JSON.writeValueAsString(samples.get(samples.size() - 1)));
    }

    /// Whether it is the first project of its gathering.
    static boolean isFirstOfGathering(int number) {
        return number % OF_ONE_GATHERING == 0;
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
                    step.envelope(),
                    step.text()
                            .replace(PROJECT, project)
                            .replace(TITLE, "Project " + number)
                            .replace(GATHERING, gathering(number))));
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
