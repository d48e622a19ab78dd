package koinon.testing.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The figures of the house, counted in its sources: what stands in the table of `infra/docs/house.md`.
///
/// @param files the files of each package, without `package-info`; each holds one type and what is nested in it
record House(Map<Path, List<String>> files) {

    private static final Pattern PUBLIC = Pattern.compile("^public ", Pattern.MULTILINE);

    /// One line of the table: with the worst value that is allowed, where there is one, and the same of
    /// spring-restbucks.
    enum Figure {
        TYPES("types", "", "54"),
        PACKAGES("packages", "", ""),
        MEAN("types a package, mean", "at most 8", ""),
        MOST("types a package, most", "at most 10", "10"),
        HIDDEN("package-private types, %", "at least 40", "49"),
        MEDIAN("lines of a type, median", "at most 90", "23"),
        LONGEST("lines of the longest type", "at most 480", "");

        private final String label;
        private final String limit;
        private final String model;

        Figure(String label, String limit, String model) {
            this.label = label;
            this.limit = limit;
            this.model = model;
        }

        String label() {
            return label;
        }

        boolean allows(double value) {
            if (limit.isEmpty()) return true;
            double worst = Double.parseDouble(limit.substring(limit.lastIndexOf(' ') + 1));
            return limit.startsWith("at most") ? value <= worst : value >= worst;
        }
    }

    /// The types below some folders, each the text of its file.
    static House of(Stream<Path> sources) {
        return new House(sources.flatMap(House::java)
                .collect(Collectors.groupingBy(
                        Path::getParent, TreeMap::new, Collectors.mapping(House::text, Collectors.toList()))));
    }

    /// The parts of the house by the column that each has in the table.
    static Map<String, House> all(Path root) {
        Function<String, Stream<Path>> below = folder -> modules(root.resolve(folder));
        return new TreeMap<>(Map.of(
                "1 services", of(below.apply("services")),
                "2 gateway", of(Stream.of(root.resolve("gateway/src/main/java"))),
                "3 infra", of(below.apply("infra"))));
    }

    double value(Figure figure) {
        List<Integer> lines = files.values().stream()
                .flatMap(List::stream)
                .map(it -> (int) it.lines().count())
                .sorted()
                .toList();
        return switch (figure) {
            case TYPES -> lines.size();
            case PACKAGES -> files.size();
            case MEAN -> Math.round(10.0 * lines.size() / files.size()) / 10.0;
            case MOST -> files.values().stream().mapToInt(List::size).max().orElseThrow();
            case HIDDEN -> Math.round(100.0 * hidden() / lines.size());
            case MEDIAN -> lines.get(lines.size() / 2);
            case LONGEST -> lines.getLast();
        };
    }

    private long hidden() {
        return files.values().stream()
                .flatMap(List::stream)
                .filter(it -> !PUBLIC.matcher(it).find())
                .count();
    }

    /// The table of all parts.
    static String table(Map<String, House> parts) {
        StringBuilder table = new StringBuilder("| |");
        parts.keySet().forEach(it -> table.append(' ').append(it.substring(2)).append(" |"));
        table.append(" limit | spring-restbucks |\n|---|")
                .append("--:|".repeat(parts.size()))
                .append("---|--:|\n");
        for (Figure figure : Figure.values()) {
            table.append("| ").append(figure.label).append(" |");
            parts.values()
                    .forEach(it ->
                            table.append(' ').append(shown(it.value(figure))).append(" |"));
            table.append(' ')
                    .append(figure.limit)
                    .append(" | ")
                    .append(figure.model)
                    .append(" |\n");
        }
        return table.toString();
    }

    /// What a page says of a figure, a value for each part.
    static List<Double> read(String page, Figure figure) {
        Matcher row = Pattern.compile("^\\| " + Pattern.quote(figure.label) + " \\|(.*)$", Pattern.MULTILINE)
                .matcher(page);
        if (!row.find()) throw new AssertionError("The page has no line \"" + figure.label + "\"");
        String[] cells = row.group(1).split("\\|", -1);
        return IntStream.range(0, 3)
                .mapToObj(it -> Double.valueOf(cells[it].strip()))
                .toList();
    }

    private static String shown(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static Stream<Path> modules(Path folder) {
        try (Stream<Path> modules = Files.list(folder)) {
            return modules.map(it -> it.resolve("src/main/java")).filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> java(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(it -> it.toString().endsWith(".java") && !it.endsWith("package-info.java"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
