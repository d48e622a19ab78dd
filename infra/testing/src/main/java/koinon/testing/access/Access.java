package koinon.testing.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import koinon.testing.http.RawHttpClient.Answer;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;

/// Plays the table: each operation as each caller through the filters and controllers of the application, and over
/// HTTP as one caller of each outcome. The outcome of a call is one of the constants, or the status that refused it.
final class Access {

    /// Let in, also when a rule then refused with 409.
    static final String LET_IN = "yes";
    /// Let in, and reads what everybody reads.
    static final String PUBLIC = "public";
    /// Let in, and reads a list with nothing in it.
    static final String NOTHING = "empty list";

    private final AccessMatrix matrix;
    private final AccessTable table;
    private final Map<String, Map<Role, String>> found = new LinkedHashMap<>();

    Access(AccessMatrix matrix, AccessTable table) {
        this.matrix = matrix;
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
                    assertThat(byOutcome(found.get(it)))
                            .isEqualTo(byOutcome(table.lines().get(it)));
                }));
    }

    private static Map<String, List<Role>> byOutcome(@Nullable Map<Role, String> line) {
        Map<String, List<Role>> callers = new TreeMap<>();
        if (line != null)
            line.forEach((role, outcome) ->
                    callers.computeIfAbsent(outcome, _ -> new ArrayList<>()).add(role));
        return callers;
    }

    /// In the order of the table, which is the order of a life.
    private void play(boolean changing) {
        List<String> order = List.copyOf(table.lines().keySet());
        List<Operation> operations = matrix.operations().stream()
                .sorted(Comparator.comparingInt(it -> order.indexOf(it.name())))
                .toList();
        for (Operation operation : operations) play(operation, changing);
    }

    private void play(Operation operation, boolean changing) {
        Map<Role, String> line = found.computeIfAbsent(operation.name(), _ -> new EnumMap<>(Role.class));
        Set<String> overHttp = new HashSet<>();
        String everybodys = "";
        for (Role role : Role.values()) {
            String said = table.cell(operation.name(), role);
            boolean changes = !operation.reads() && (said.isEmpty() || said.equals(LET_IN));
            if (changes != changing) continue;
            // What changes something is sent once: the first time over HTTP.
            Answer answer = changing && !line.containsValue(LET_IN)
                    ? matrix.sendAs(operation, role)
                    : matrix.playAs(operation, role);
            if (role == Role.NOBODY) everybodys = answer.body();
            String outcome = outcome(operation, answer, everybodys);
            line.put(role, outcome);
            if (changing || !overHttp.add(outcome)) continue;
            String http = outcome(operation, matrix.sendAs(operation, role), everybodys);
            if (!http.equals(outcome)) line.put(role, outcome + ", over HTTP " + http);
        }
    }

    private static String outcome(Operation operation, Answer answer, String everybodys) {
        if (!operation.reads()) return isLetIn(answer) ? LET_IN : refused(answer);
        if (answer.status() != 200) return refused(answer);
        if (answer.body().equals(everybodys)) return PUBLIC;
        if (answer.body().isEmpty() || !OpenApi.isJson(answer)) return LET_IN;
        JsonNode read = OpenApi.JSON.readTree(answer.body());
        return read.values().stream().allMatch(it -> it.isArray() && it.isEmpty()) ? NOTHING : LET_IN;
    }

    /// A rule that refuses, also who did the other of two steps, is asked only about who was let in; so is whether the
    /// application is busy with the same.
    private static boolean isLetIn(Answer answer) {
        return answer.status() < 300
                || answer.status() == 409
                || answer.status() == 503
                || (answer.status() == 403 && answer.body().contains("/problems/separate-hands"));
    }

    private static String refused(Answer answer) {
        return Set.of(401, 403, 404).contains(answer.status()) ? String.valueOf(answer.status()) : answer.toString();
    }
}
