package koinon.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import koinon.bench.gateway.GatewayRows;
import koinon.bench.outbox.OutboxRows;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.bench.web.WebRows;

/// Measures the rows that are named, or all, prints one table and writes it as JSON; ends with 0 when each could be
/// measured, whether its aim was met or not.
final class Bench {

    private Bench() {}

    public static void main(String... names) throws IOException {
        Path home = Path.of(System.getenv().getOrDefault("KOINON_HOME", ".koinon/bench"));
        System.exit(run(home, List.of(names)));
    }

    private static Stream<Row> rows() {
        return Stream.of(GatewayRows.all(), OutboxRows.all(), WebRows.all()).flatMap(it -> it);
    }

    private static int run(Path home, List<String> names) throws IOException {
        List<Row> chosen = rows().filter(it -> names.isEmpty() || names.contains(it.name()))
                .toList();
        List<String> known = rows().map(Row::name).toList();
        List<String> unknown = names.stream().filter(it -> !known.contains(it)).toList();
        if (!unknown.isEmpty()) {
            System.err.println(
                    "There is no row " + String.join(", ", unknown) + "; there are: " + String.join(", ", known) + ".");
            return 2;
        }
        var table = new Table();
        var failed = new ArrayList<String>();
        try (var environment = new BenchEnvironment(home, it -> System.out.println("    " + it))) {
            for (Row row : chosen) {
                System.out.printf(Locale.ROOT, "%n%s (%d of %d)%n", row.name(), chosen.indexOf(row) + 1, chosen.size());
                try {
                    for (ResultLine line : row.measure(environment)) {
                        table.add(row.name(), line, environment.database());
                        environment.say(line.what() + ": " + line.measured());
                    }
                } catch (InterruptedException e) {
                    return 130;
                } catch (Exception e) {
                    failed.add(row.name());
                    System.out.println("    could not be measured: " + e);
                }
            }
            table.print(System.out);
            System.out.println("\nAs JSON: " + table.write(home));
        }
        if (!failed.isEmpty()) System.err.println("Could not be measured: " + String.join(", ", failed) + ".");
        return failed.isEmpty() ? 0 : 1;
    }
}
