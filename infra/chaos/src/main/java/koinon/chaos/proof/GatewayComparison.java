package koinon.chaos.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.Status;
import tools.jackson.databind.JsonNode;

/// All copies of the gateway, asked the same: they must say the same.
public final class GatewayComparison {

    private final List<RunningKoinon> gateways;

    /// @param gateways a world for each copy, which asks no other
    public GatewayComparison(List<RunningKoinon> gateways) {
        this.gateways = List.copyOf(gateways);
    }

    /// What one copy says and another does not, and what the stream showed last that is not so.
    ///
    /// @param positions what each must have reached
    /// @param projects of each subject whose events a status is made of, the project
    /// @param whole the projects whose whole status and timeline are compared
    public List<String> broken(
            Collection<String> positions,
            Map<String, String> projects,
            Collection<String> whole,
            Map<String, Status> streamed) {
        var broken = new ArrayList<String>();
        List<Map<String, JsonNode>> lists =
                gateways.stream().map(GatewayComparison::list).toList();
        Map<String, JsonNode> first = lists.getFirst();
        for (Map<String, JsonNode> other : lists) {
            if (other.size() != first.size())
                broken.add("one gateway lists " + first.size() + " projects, another " + other.size());
            first.forEach((id, row) -> {
                if (!row.equals(other.get(id))) broken.add(id + " is " + row + " here and " + other.get(id) + " there");
            });
        }
        for (String path : whole.stream()
                .flatMap(it -> List.of("/status/projects/" + it, "/status/projects/" + it + "/timeline").stream())
                .toList())
            if (gateways.stream().map(it -> text(it, path)).distinct().count() > 1) broken.add(path + " differs");
        for (RunningKoinon door : gateways) unreached(door, positions, projects, broken);
        streamed.forEach((project, status) -> {
            JsonNode now =
                    get(gateways.getFirst(), "/status/projects/" + project).body();
            if (!now.equals(status.json()))
                broken.add("the stream last showed " + project + " as " + status.json() + ", and it is " + now);
        });
        return broken;
    }

    private static void unreached(
            RunningKoinon door, Collection<String> positions, Map<String, String> projects, List<String> broken) {
        for (String position : positions) {
            String project = projects.get(position.substring(0, position.lastIndexOf('/')));
            if (project == null) continue;
            Reply status = get(door, "/status/projects/" + project + "?atLeast=" + position);
            if (!status.header("Koinon-Position-Reached").orElse("").equals("true"))
                broken.add(door.gateway() + " has not reached " + position + " (" + status.said() + ")");
        }
    }

    private static Map<String, JsonNode> list(RunningKoinon door) {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        String after = "";
        do {
            JsonNode page = get(door, "/status/projects?limit=200" + (after.isEmpty() ? "" : "&after=" + after))
                    .body();
            page.path("items").forEach(it -> rows.put(it.path("id").asString(), it));
            after = page.path("next").asString("");
        } while (!after.isEmpty());
        return rows;
    }

    private static String text(RunningKoinon door, String path) {
        return get(door, path).body().toString();
    }

    private static Reply get(RunningKoinon door, String path) {
        return door.person("auditor").get(path);
    }
}
