package koinon.testing.doors;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Sends every operation what is wrong, and judges the answers and what was written to the log meanwhile.
final class Input {

    /// What tells a stranger how the house is built, or lets him in.
    private static final Pattern LEAK =
            Pattern.compile("koinon\\.[a-z]|java\\.|jakarta\\.|org\\.[a-z]+\\.|tools\\.jackson|Exception|\\tat |eyJ");

    private static final int MOST_SHOWN = 20;

    private final Doors doors;
    private final AccessTable table;
    private final OpenApi description;

    Input(Doors doors, AccessTable table, OpenApi description) {
        this.doors = doors;
        this.table = table;
        this.description = description;
    }

    /// One test per operation.
    Stream<DynamicTest> tests() {
        return description.operations().stream()
                .map(it -> DynamicTest.dynamicTest(it.name(), () -> {
                    try (var log = new CapturedLog()) {
                        List<String> wrong = new ArrayList<>(judged(it));
                        wrong.addAll(log.faults());
                        assertThat(wrong.stream().limit(MOST_SHOWN))
                                .as("%d faults", wrong.size())
                                .isEmpty();
                    }
                }));
    }

    private List<String> judged(Operation operation) {
        Wire.Request right = doors.request(operation, table.knocker(operation));
        List<String> faults = new ArrayList<>();
        for (Wrong it : WrongRequests.of(operation, right))
            faults.addAll(judged(operation, it, doors.send(it.request())));
        if (!operation.takesBody()) return faults;
        for (Wrong it : WrongBodies.of(description, operation, right, doors.body(operation))) {
            Wire.Answer answer = doors.send(it.request());
            faults.addAll(judged(operation, it, answer));
            faults.addAll(asDescribed(operation, it, answer));
        }
        return faults;
    }

    private List<String> judged(Operation operation, Wrong wrong, Wire.Answer answer) {
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
    private List<String> asDescribed(Operation operation, Wrong wrong, Wire.Answer answer) {
        if (answer.status() == 400 || answer.status() == 413) return List.of();
        return description.admits(operation.bodySchema(), wrong.request().text())
                ? List.of()
                : List.of("the schema forbids it <- " + wrong.what() + " -> " + answer);
    }

    private static boolean names(String pointer, Wire.Answer answer) {
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
