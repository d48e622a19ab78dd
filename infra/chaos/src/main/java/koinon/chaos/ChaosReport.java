package koinon.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One row per scenario, for people and for programs.
final class ChaosReport {

    private static final String LINE = "%-16s %6s %12s %8s %5s %5s %6s %6s %12s %11s%n";

    private final PrintStream out;
    private final String database;
    private final List<ChaosResult> rows = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    ChaosReport(PrintStream out, String database) {
        this.out = out;
        this.database = database;
    }

    void add(ChaosResult row) {
        if (rows.isEmpty()) head();
        rows.add(row);
        line(row);
        row.broken().forEach(it -> out.println("  ✗ " + it));
    }

    /// A scenario that could not be tried.
    void skip(FaultScenario scenario, @Nullable String why) {
        String line = String.format(Locale.ROOT, "%-16s skipped: %s", scenario.label(), why);
        skipped.add(line);
        out.println(line);
    }

    private void head() {
        out.printf(
                Locale.ROOT,
                LINE,
                "scenario",
                "rounds",
                "acknowledged",
                "unknown",
                "paid",
                "lost",
                "twice",
                "drift",
                "silence [ms]",
                "back [ms]");
    }

    private void line(ChaosResult row) {
        out.printf(
                Locale.ROOT,
                LINE,
                row.scenario(),
                row.rounds(),
                row.acknowledged(),
                row.unknown(),
                row.paid(),
                row.lost(),
                row.twice(),
                row.drift(),
                row.longestSilence(),
                row.recovery());
    }

    /// All rows once more, and whether everything held.
    ///
    /// @param events how many are on the topics at the end
    /// @param again how often one was there once more
    void sumUp(int events, int again) {
        out.println();
        head();
        rows.forEach(this::line);
        skipped.forEach(out::println);
        out.printf(
                Locale.ROOT,
                "%n%d commands were acknowledged on %s; %d events are on the topics, %d of them were sent again.%n",
                rows.stream().mapToInt(ChaosResult::acknowledged).sum(),
                database,
                events,
                again);
        List<ChaosResult> broken =
                rows.stream().filter(it -> !it.broken().isEmpty()).toList();
        if (broken.isEmpty()) out.println("Every invariant held.");
        for (ChaosResult row : broken)
            out.println("✗ " + row.scenario() + ": " + row.broken().size() + " things did not hold, the first: "
                    + row.broken().getFirst());
    }

    boolean allHeld() {
        return !rows.isEmpty() && rows.stream().allMatch(it -> it.broken().isEmpty());
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file,
                JsonMapper.builder()
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(
                                Map.of("at", Instant.now().toString(), "database", database, "rows", rows)));
    }
}
