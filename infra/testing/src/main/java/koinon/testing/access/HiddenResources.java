package koinon.testing.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.testing.http.RawHttpClient;
import koinon.testing.input.Sample;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sends every operation to what its caller may not see, and to what is not there: both are answered the same.
final class HiddenResources {

    private static final String ID = "{id}";
    private static final Pattern UNIQUE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /// What differs between any two answers.
    private static final Set<String> OWN = Set.of("date", "ratelimit", "ratelimit-policy", "koinon-as-of");

    private final AccessMatrix matrix;
    private final AccessTable table;

    HiddenResources(AccessMatrix matrix, AccessTable table) {
        this.matrix = matrix;
        this.table = table;
    }

    /// One test per operation on a thing that is hidden from somebody.
    Stream<DynamicTest> tests() {
        return matrix.operations().stream()
                .filter(it -> it.path().contains(ID))
                .filter(it -> !roles(it).isEmpty())
                .map(it -> DynamicTest.dynamicTest(it.name(), () -> {
                    List<Role> roles = roles(it);
                    for (int number = 0; number < roles.size(); number++) {
                        RawHttpClient.Request right = matrix.request(it, roles.get(number));
                        compare(it, right);
                        for (RawHttpClient.Request request : Sample.of(conditional(right), number))
                            compare(it, request);
                    }
                }));
    }

    private List<Role> roles(Operation operation) {
        return Stream.of(Role.values())
                .filter(it -> table.cell(operation.name(), it).equals("404"))
                .toList();
    }

    /// The request under other conditions.
    private static List<RawHttpClient.Request> conditional(RawHttpClient.Request right) {
        List<RawHttpClient.Request> all = new ArrayList<>(List.of(right.without("If-Match")));
        for (String it : List.of("\"1\"", "\"999999\"", "W/\"1\"", "\"1-x\", \"2\""))
            all.add(right.with("If-Match: " + it));
        if (right.method().equals("GET"))
            for (String it : List.of("*", "\"1\"")) all.add(right.with("If-None-Match: " + it));
        all.add(right.with("Idempotency-Key: the-same"));
        return all;
    }

    private void compare(Operation operation, RawHttpClient.Request request) {
        RawHttpClient.Answer hidden = matrix.send(request);
        RawHttpClient.Answer none = matrix.send(request.to(elsewhere(operation, request.target())));

        assertThat(hidden.status()).as("%s", request).isEqualTo(404);
        assertThat(shown(hidden)).as("%s", request).isEqualTo(shown(none));
    }

    /// The same address with the id of nothing.
    private static String elsewhere(Operation operation, String target) {
        String[] described = operation.path().split("/", -1);
        String[] made = target.split("/", -1);
        for (int i = 0; i < described.length; i++)
            if (described[i].equals(ID))
                made[i] = UNIQUE.matcher(made[i]).replaceAll(UUID.randomUUID().toString());
        return String.join("/", made);
    }

    private static Map<String, String> shown(RawHttpClient.Answer answer) {
        Map<String, String> shown = new TreeMap<>(answer.headers());
        shown.keySet().removeAll(OWN);
        JsonNode body = OpenApi.JSON.readTree(answer.body());
        if (body instanceof ObjectNode problem) problem.remove(List.of("instance", "trace"));
        shown.put("the status", String.valueOf(answer.status()));
        shown.put("the body", body.toString());
        return shown;
    }
}
