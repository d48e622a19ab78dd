package koinon.testing.doors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table of who may do what, `infra/docs/access.md`: a heading per process, below it a line per operation with a
/// cell per [Role].
record AccessTable(Map<String, Map<Role, String>> lines) {

    private static final Path FILE = Path.of("infra/docs/access.md");
    private static final String HEADING =
            Stream.of(Role.values()).map(Role::header).collect(Collectors.joining(" | ", "| operation | ", " |"));

    /// The part of one process: the cells of each operation, such as `POST /api/v1/funds`, in the order of the file.
    static AccessTable of(String process) {
        List<String> rows = rows(process);
        if (!rows.isEmpty() && !rows.getFirst().equals(HEADING))
            throw new AssertionError("The columns for " + process + " in " + FILE + " must be " + HEADING);
        Map<String, Map<Role, String>> lines = new LinkedHashMap<>();
        for (String row : rows.stream().skip(2).toList()) {
            List<String> cells = Arrays.stream(
                            row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                    .map(String::strip)
                    .toList();
            if (cells.size() != Role.values().length + 1)
                throw new AssertionError(FILE + " has not one cell per role in " + row);
            Map<Role, String> line = new EnumMap<>(Role.class);
            int column = 1;
            for (Role role : Role.values()) line.put(role, cells.get(column++));
            if (lines.put(cells.getFirst().replace("`", ""), line) != null)
                throw new AssertionError(FILE + " has two lines for " + cells.getFirst());
        }
        return new AccessTable(lines);
    }

    /// What the table says; empty for an operation that has no line.
    String cell(String operation, Role role) {
        return lines.getOrDefault(operation, Map.of()).getOrDefault(role, "");
    }

    /// The heading, and a line as it would stand below it.
    static String shown(String operation, Collection<String> cells) {
        return HEADING + "\n| `" + operation + "` | " + String.join(" | ", cells) + " |";
    }

    private static List<String> rows(String process) {
        try (Stream<String> lines = Files.lines(root().resolve(FILE))) {
            return lines.dropWhile(it -> !it.equals("## " + process))
                    .skip(1)
                    .takeWhile(it -> !it.startsWith("## "))
                    .filter(it -> it.startsWith("|"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        @Nullable Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(FILE))) folder = folder.getParent();
        if (folder == null)
            throw new AssertionError(
                    "There is no " + FILE + " above " + Path.of("").toAbsolutePath());
        return folder;
    }

    /// Somebody who is let in, so that what is sent is judged and not the person.
    Role knocker(Operation operation) {
        for (String cell : List.of("yes", "public", "none"))
            for (Role role : Role.values())
                if (role != Role.NOBODY && cell(operation.name(), role).equals(cell)) return role;
        return Role.SECRETARIAT;
    }
}
