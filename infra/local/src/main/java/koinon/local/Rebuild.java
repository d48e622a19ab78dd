package koinon.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import koinon.local.process.CannotStart;
import koinon.local.system.Port;
import koinon.local.system.ProcessTable;
import koinon.local.system.Terminal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `rebuild`: asks a gateway to rebuild its statuses and timelines from the topics, and waits until they are in
/// use.
///
/// @param gateway a process of the running system
/// @param identity address of the identity provider
record Rebuild(ProcessTable.Entry gateway, String identity, Terminal terminal) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// 0 when the rebuild succeeded, 1 when it failed, 2 when the gateway could not be asked.
    int run() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String token = new DemoPersons(identity).token(Verify.OPERATOR);
            JsonNode report = ask(http, token, "POST");
            String shown = "";
            while (isUnderWay(report)) {
                String line = progress(report);
                if (!line.equals(shown)) terminal.say("  · " + line);
                shown = line;
                Thread.sleep(LOOK);
                report = ask(http, token, "GET");
            }
            return end(report);
        } catch (IOException | JacksonException e) {
            terminal.failed(gateway.name(), "could not be asked: " + e.getMessage());
            return 2;
        }
    }

    private JsonNode ask(HttpClient http, String token, String method) throws IOException, InterruptedException {
        URI rebuild = URI.create("http://127.0.0.1:" + gateway.port() + "/operations/rebuild");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(rebuild)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Authorization", "Bearer " + token)
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) throw new IOException(answer.statusCode() + " " + answer.body());
        return JSON.readTree(answer.body());
    }

    private static boolean isUnderWay(JsonNode report) {
        String step = report.at("/progress/step").asString("");
        return step.equals("READING") || step.equals("TELLING") || step.equals("CONFIRMING");
    }

    private static String progress(JsonNode report) {
        if (report.at("/progress/step").asString("").equals("CONFIRMING"))
            return "comparing with what was published; the current read model stays in use. "
                    + report.at("/progress/reason").asString("");
        return report.path("read").asLong() + " of " + report.path("all").asLong() + " events read, "
                + report.path("told").asLong() + " in the timelines";
    }

    private int end(JsonNode report) {
        if (report.at("/progress/step").asString("").equals("DONE")) {
            terminal.passed(
                    gateway.name(),
                    report.path("read").asLong() + " events read; the rebuilt read model is in use, and "
                            + report.at("/progress/corrected").asLong() + " projects have a different status");
            return 0;
        }
        terminal.failed(
                gateway.name(),
                "the rebuild failed; the current read model stays in use: "
                        + report.at("/progress/reason").asString("unknown"));
        return 1;
    }

    /// A running gateway and the identity provider of the same system.
    static Rebuild of(List<ProcessTable.Entry> processes, Terminal terminal) {
        String identity =
                "http://127.0.0.1:" + running(processes, Port.IDENTITY).port();
        return new Rebuild(running(processes, Port.GATEWAY), identity, terminal);
    }

    private static ProcessTable.Entry running(List<ProcessTable.Entry> processes, Port port) {
        return processes.stream()
                .filter(it -> Port.called(it.name()) == port && it.runs())
                .findFirst()
                .orElseThrow(() ->
                        new CannotStart("No " + port.label() + " is running: start the system with ./koinon up."));
    }
}
