package koinon.testing.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.testing.openapi.Operation;
import org.jspecify.annotations.Nullable;

/// The table of who may do what, `infra/docs/access.md`: a heading per process, below it a line per operation.
///
/// @param lines the cell of each caller for each operation, such as `POST /api/v1/funds`, in the order of the file
record AccessTable(Map<String, Map<Role, String>> lines) {

    private static final Path FILE = Path.of("infra/docs/access.md");
    private static final String HEADING = "| operation | let in | others |";

    /// The part of one process.
    static AccessTable of(String process) {
        Map<String, AccessLine> all = new LinkedHashMap<>();
        for (String row : rows(process)) {
            String[] cells = row.substring(1).split("\\|", -1);
            if (cells.length != 4) throw new AssertionError(FILE + " has not three cells in " + row);
            String operation = cells[0].strip().replace("`", "");
            if (all.put(operation, new AccessLine(operation, cells[1].strip(), cells[2].strip())) != null)
                throw new AssertionError(FILE + " has two lines for " + operation);
        }
        Map<String, Map<Role, String>> lines = new LinkedHashMap<>();
        all.values().forEach(it -> lines.put(it.operation(), it.cells(blind(it, all))));
        return new AccessTable(lines);
    }

    /// Who may not read the resource of an operation: the one of the longest path with a line that reads it.
    private static Set<Role> blind(AccessLine line, Map<String, AccessLine> all) {
        String path = line.operation().split(" ", 3)[1];
        return all.values().stream()
                .filter(it -> it.operation().matches("GET \\S+}"))
                .filter(it -> (path + "/").startsWith(it.operation().substring(4) + "/"))
                .max(Comparator.comparingInt(it -> it.operation().length()))
                .map(it -> it.cells(Set.of()))
                .orElse(Map.of())
                .entrySet()
                .stream()
                .filter(it -> it.getValue().equals("404"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What the table says; empty for an operation that has no line.
    String cell(String operation, Role role) {
        return lines.getOrDefault(operation, Map.of()).getOrDefault(role, "");
    }

    private static List<String> rows(String process) {
        try (Stream<String> lines = Files.lines(root().resolve(FILE))) {
            return lines.dropWhile(it -> !it.equals("## " + process))
                    .skip(1)
                    .takeWhile(it -> !it.startsWith("## "))
                    .dropWhile(it -> !it.equals(HEADING))
                    .skip(2)
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
    Role callerOf(Operation operation) {
        for (String cell : List.of(Access.LET_IN, Access.PUBLIC, Access.NOTHING))
            for (Role role : Role.values())
                if (role != Role.NOBODY && cell(operation.name(), role).equals(cell)) return role;
        return Role.SECRETARIAT;
    }
}
