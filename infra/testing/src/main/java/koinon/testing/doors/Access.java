package koinon.testing.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;

/// Plays every cell of the table. What is found is written as the table is:
///
/// - `yes`: let in, also when a rule then refused with 409
/// - `public`: the same that everybody reads
/// - `none`: a list with nothing in it
/// - a status: refused
final class Access {

    private final Doors doors;
    private final AccessTable table;
    private final Map<String, Map<Role, String>> found = new LinkedHashMap<>();

    Access(Doors doors, AccessTable table) {
        this.doors = doors;
        this.table = table;
    }

    /// One test per operation, and one per line of the table that has none.
    Stream<DynamicTest> tests() {
        // What changes nothing comes first: reading, and what is to be refused.
        play(false);
        play(true);
        Set<String> names = new LinkedHashSet<>(table.lines().keySet());
        names.addAll(found.keySet());
        return names.stream()
                .map(it -> DynamicTest.dynamicTest(it, () -> {
                    assertThat(found).as("there is such an operation").containsKey(it);
                    assertThat(shown(it, found)).isEqualTo(shown(it, table.lines()));
                }));
    }

    private static String shown(String operation, Map<String, Map<Role, String>> lines) {
        return AccessTable.shown(
                operation, lines.getOrDefault(operation, Map.of()).values());
    }

    /// In the order of the table, which is the order of a life.
    private void play(boolean changing) {
        List<String> order = List.copyOf(table.lines().keySet());
        List<Operation> operations = doors.operations().stream()
                .sorted(Comparator.comparingInt(it -> order.indexOf(it.name())))
                .toList();
        for (Operation operation : operations) {
            Map<Role, String> line = found.computeIfAbsent(operation.name(), _ -> new EnumMap<>(Role.class));
            for (Role role : Role.values()) {
                String said = table.cell(operation.name(), role);
                boolean changes = !operation.reads() && (said.isEmpty() || said.equals("yes"));
                if (changes == changing) line.put(role, knock(operation, role));
            }
        }
    }

    private String knock(Operation operation, Role role) {
        Wire.Answer answer = doors.knock(operation, role);
        if (!operation.reads()) return isLetIn(answer) ? "yes" : refused(answer);
        if (answer.status() != 200) return refused(answer);
        if (role == Role.NOBODY
                || answer.body().equals(doors.knock(operation, Role.NOBODY).body())) return "public";
        if (answer.body().isEmpty() || answer.header("content-type").contains("ndjson")) return "yes";
        JsonNode read = OpenApi.JSON.readTree(answer.body());
        return read.values().stream().allMatch(it -> it.isArray() && it.isEmpty()) ? "none" : "yes";
    }

    /// A rule that refuses, also who did the other of two steps, is asked only about who was let in.
    private static boolean isLetIn(Wire.Answer answer) {
        return answer.status() < 300
                || answer.status() == 409
                || (answer.status() == 403 && answer.body().contains("/problems/separate-hands"));
    }

    private static String refused(Wire.Answer answer) {
        return Set.of(401, 403, 404).contains(answer.status()) ? String.valueOf(answer.status()) : answer.toString();
    }
}
