package koinon.testing.input;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.testing.http.RawHttpClient;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;
import org.junit.jupiter.api.DynamicTest;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Sends every operation what is wrong, and judges the answers and what was written to the log meanwhile.
public final class Input {

    /// What tells a stranger how the house is built, or lets him in.
    private static final Pattern LEAK =
            Pattern.compile("koinon\\.[a-z]|java\\.|jakarta\\.|org\\.[a-z]+\\.|tools\\.jackson|Exception|\\tat |eyJ");

    /// Operations that read whole topics, each time; what they share with the others is tested there.
    private static final Pattern READS_TOPICS = Pattern.compile("/operations/(verification|published|rebuild)");

    private static final int MOST_SHOWN = 20;

    private final ValidRequests valid;
    private final OpenApi description;

    public Input(ValidRequests valid, OpenApi description) {
        this.valid = valid;
        this.description = description;
    }

    /// One test per operation.
    public Stream<DynamicTest> tests() {
        List<Operation> operations = description.operations();
        return IntStream.range(0, operations.size())
                .mapToObj(number ->
                        DynamicTest.dynamicTest(operations.get(number).name(), () -> {
                            try (var log = new CapturedLog()) {
                                List<String> wrong = new ArrayList<>(judged(operations.get(number), number));
                                wrong.addAll(log.faults());
                                assertThat(wrong.stream().limit(MOST_SHOWN))
                                        .as("%d faults", wrong.size())
                                        .isEmpty();
                            }
                        }));
    }

    private List<String> judged(Operation operation, int number) {
        RawHttpClient.Request right = valid.request(operation);
        List<String> faults = new ArrayList<>();
        for (InvalidRequest it : requests(operation, number, right))
            faults.addAll(judged(operation, it, valid.send(it.request())));
        faults.addAll(new Addresses(valid, operation, right, number).faults(!readsTopics(operation)));
        if (!operation.takesBody()) return faults;
        for (InvalidRequest it :
                Sample.of(InvalidBodies.of(description, operation, right, valid.body(operation)), number)) {
            RawHttpClient.Answer answer = valid.send(it.request());
            faults.addAll(judged(operation, it, answer));
            faults.addAll(asDescribed(operation, it, answer));
        }
        return faults;
    }

    private static List<InvalidRequest> requests(Operation operation, int number, RawHttpClient.Request right) {
        if (readsTopics(operation))
            return List.of(InvalidRequest.unusual("nothing wrong", right), InvalidRequests.unknownParameter(right));
        List<InvalidRequest> all = new ArrayList<>(InvalidRequests.of(operation, right));
        all.addAll(Sample.of(InvalidRequests.general(operation, right), number));
        return all;
    }

    private static boolean readsTopics(Operation operation) {
        return READS_TOPICS.matcher(operation.path()).matches();
    }

    private List<String> judged(Operation operation, InvalidRequest wrong, RawHttpClient.Answer answer) {
        List<String> faults = new ArrayList<>(description.violations(operation, answer));
        if (!wrong.statuses().isEmpty() && !wrong.statuses().contains(answer.status()))
            faults.add("must be refused with " + wrong.statuses());
        else if (wrong.pointer() != null && !names(wrong.pointer(), answer)) faults.add("must name " + wrong.pointer());
        if (answer.status() >= 400 && LEAK.matcher(answer.body()).find()) faults.add("tells too much");
        if (answer.status() >= 400 && answer.body().isEmpty()) faults.add("says nothing");
        return faults.stream()
                .map(it -> it + " <- " + wrong.what() + " -> " + answer)
                .toList();
    }

    /// What the schema of a body forbids is refused.
    private List<String> asDescribed(Operation operation, InvalidRequest wrong, RawHttpClient.Answer answer) {
        if (answer.status() == 400 || answer.status() == 413) return List.of();
        return description.admits(operation.bodySchema(), wrong.request().text())
                ? List.of()
                : List.of("the schema forbids it <- " + wrong.what() + " -> " + answer);
    }

    private static boolean names(String pointer, RawHttpClient.Answer answer) {
        for (JsonNode it : OpenApi.JSON.readTree(answer.body()).path("violations")) {
            String named = it.path("pointer").asString("");
            if (named.equals(pointer) || named.startsWith(pointer + "/")) return true;
        }
        return false;
    }

    /// What is written to the log from now on until it is closed.
    private static final class CapturedLog implements AutoCloseable {

        /// How every token begins.
        private static final String TOKEN = "eyJ";

        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

        CapturedLog() {
            lines.start();
            root.addAppender(lines);
        }

        /// What should not be there: failures of ours, stack traces, tokens.
        List<String> faults() {
            return Stream.of(lines.list.toArray(ILoggingEvent[]::new))
                    .filter(it -> it.getLevel().isGreaterOrEqual(Level.ERROR)
                            || it.getThrowableProxy() != null
                            || it.getFormattedMessage().contains(TOKEN))
                    .map(it ->
                            "in the log: " + it.getLevel() + " " + it.getLoggerName() + ": " + it.getFormattedMessage())
                    .toList();
        }

        @Override
        public void close() {
            root.detachAppender(lines);
            lines.stop();
        }
    }
}
