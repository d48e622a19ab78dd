package koinon.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.local.system.Port;
import koinon.local.system.ProcessTable;
import koinon.local.system.Terminal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `verify`: asks every service and the gateway to check that what they store equals what the topics contain.
///
/// @param processes of the running system
record Verify(List<ProcessTable.Entry> processes, Terminal terminal) {

    /// The mandate of an operator of services and gateway.
    static final String OPERATOR = "operator@network";

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Report(Map<String, Long> checked, List<Difference> differences, List<Difference> notCompared) {}

    private record Difference(String subject, String difference) {}

    private enum Outcome {
        SAME,
        DIFFERENT,
        NOT_ASKED
    }

    /// 0 when nothing differs, 1 when something does, 2 when nothing does but something could not be compared or a
    /// process could not be asked.
    int run() throws InterruptedException {
        Set<Outcome> outcomes;
        try (HttpClient http = HttpClient.newHttpClient()) {
            String token = new DemoPersons(identity()).token(OPERATOR);
            outcomes = asked().map(it -> ask(http, it, token)).collect(Collectors.toSet());
        } catch (IOException | JacksonException e) {
            terminal.refuse("Nobody could be asked, for there is no token of an operator: " + e.getMessage());
            return 2;
        }
        if (outcomes.contains(Outcome.DIFFERENT)) return 1;
        return outcomes.contains(Outcome.NOT_ASKED) ? 2 : 0;
    }

    /// One instance of each service, because they share a database; and every gateway, because each has its own
    /// read model.
    private Stream<ProcessTable.Entry> asked() {
        Stream<ProcessTable.Entry> services = Stream.of(Port.CITIES, Port.PROJECTS, Port.FUNDING)
                .flatMap(it -> copies(it)
                        .sorted(Comparator.comparing(copy -> !copy.runs()))
                        .limit(1));
        return Stream.concat(services, copies(Port.GATEWAY));
    }

    private Stream<ProcessTable.Entry> copies(Port port) {
        return processes.stream().filter(it -> Port.called(it.name()) == port);
    }

    private String identity() throws IOException {
        return copies(Port.IDENTITY)
                .map(it -> "http://127.0.0.1:" + it.port())
                .findFirst()
                .orElseThrow(() -> new IOException("no identity provider runs"));
    }

    private Outcome ask(HttpClient http, ProcessTable.Entry process, String token) {
        URI verification = URI.create("http://127.0.0.1:" + process.port() + "/operations/verification");
        HttpRequest request = HttpRequest.newBuilder(verification)
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) return notAsked(process, answer.statusCode() + " " + answer.body());
            return show(process, JSON.readValue(answer.body(), Report.class));
        } catch (IOException | JacksonException e) {
            return notAsked(process, e.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return notAsked(process, "interrupted");
        }
    }

    private Outcome notAsked(ProcessTable.Entry process, String reason) {
        terminal.failed(process.name(), "could not be asked: " + reason);
        return Outcome.NOT_ASKED;
    }

    private Outcome show(ProcessTable.Entry process, Report report) {
        String checked = new TreeMap<>(report.checked())
                .entrySet().stream()
                        .map(it -> it.getValue() + " " + it.getKey())
                        .collect(Collectors.joining(", "));
        report.notCompared()
                .forEach(it -> terminal.say("      not compared: " + it.subject() + ": " + it.difference()));
        if (report.differences().isEmpty() && !report.notCompared().isEmpty()) {
            terminal.failed(
                    process.name(), checked + ": " + report.notCompared().size() + " not compared");
            return Outcome.NOT_ASKED;
        }
        if (report.differences().isEmpty()) {
            terminal.passed(process.name(), checked + ": nothing differs");
            return Outcome.SAME;
        }
        int number = report.differences().size();
        terminal.failed(process.name(), checked + ": " + number + (number == 1 ? " difference" : " differences"));
        report.differences().forEach(it -> terminal.say("      " + it.subject() + ": " + it.difference()));
        return Outcome.DIFFERENT;
    }
}
