package koinon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import koinon.bench.row.ResultLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Everything that was measured, as a Markdown table and as JSON.
final class Table {

    private static final List<String> HEAD =
            List.of("row", "what", "measured", "reference", "ratio", "aim", "", "database");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String row, ResultLine line, String database) {

        List<String> cells() {
            @Nullable Double ratio = line.ratio();
            return List.of(
                    row,
                    line.what(),
                    line.measured().toString(),
                    line.reference() == null ? "" : line.reference().toString(),
                    ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio),
                    line.aim(),
                    line.met() ? "met" : "missed",
                    database);
        }

        Map<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("row", row);
            json.put("what", line.what());
            json.put("measured", line.measured());
            if (line.reference() != null) json.put("reference", line.reference());
            if (line.ratio() != null) json.put("ratio", line.ratio());
            json.put("aim", line.aim());
            json.put("met", line.met());
            json.put("note", line.note());
            json.put("database", database);
            return json;
        }
    }

    void add(String row, ResultLine line, String database) {
        entries.add(new Entry(row, line, database));
    }

    /// One table, and below it what the reader must know of a line.
    void print(PrintStream out) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        entries.forEach(it -> rows.add(it.cells()));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(it -> it.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        out.println();
        out.println(at + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        out.println();
        for (int row = 0; row < rows.size(); row++) {
            out.println(line(rows.get(row), widths, ' '));
            if (row == 0) out.println(line(HEAD.stream().map(_ -> "").toList(), widths, '-'));
        }
        out.println();
        for (Entry it : entries)
            if (!it.line().note().isEmpty())
                out.println("- " + it.line().what() + ": " + it.line().note());
    }

    private static String line(List<String> cells, int[] widths, char fill) {
        var line = new StringBuilder("|");
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(fill)
                    .append(cell)
                    .append(String.valueOf(fill).repeat(widths[column] - cell.length()))
                    .append(fill)
                    .append('|');
        }
        return line.toString();
    }

    /// @return the file
    Path write(Path home) throws IOException {
        Path file =
                Files.createDirectories(home).resolve("bench-" + at.toString().replace(":", "") + ".json");
        Files.write(
                file,
                JSON.writeValueAsBytes(Map.of(
                        "at",
                        at.toString(),
                        "processors",
                        Runtime.getRuntime().availableProcessors(),
                        "lines",
                        entries.stream().map(Entry::json).toList())));
        return file;
    }
}
