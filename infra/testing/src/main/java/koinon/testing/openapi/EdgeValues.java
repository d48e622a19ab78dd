package koinon.testing.openapi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes values that a schema admits, at its edges: the shortest and the longest texts of many scripts, the
/// smallest and the largest numbers, each value of a list, the first and the last day, what may be left out and
/// what may be null.
public final class EdgeValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// One character each, of many scripts, signs, spaces and controls.
    private static final List<String> CHARACTERS = List.of(
            "a",
            "z",
            "A",
            "Z",
            "0",
            "9",
            "-",
            "/",
            "+",
            "'",
            "\"",
            "\\",
            "<",
            "$",
            "~",
            " ",
            "\t",
            "\n",
            "\u0001",
            "\u001b",
            "\u001f",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u00e9",
            "\u00d7",
            "\u0111",
            "\u0180",
            "\u0301",
            "\u0416",
            "\u0639",
            "\u0e01",
            "\u1ea4",
            "\u2003",
            "\u2007",
            "\u200b",
            "\u2028",
            "\u202e",
            "\u3000",
            "\u6f22",
            "\ufeff",
            "\uffff",
            "\ud83d\udc69");

    /// Those of which the longest texts are made.
    private static final Set<String> LONG = Set.of("a", "Z", "9", "\u6f22", "\ud83d\udc69");

    private static final List<Integer> LENGTHS =
            List.of(0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 30, 31, 35, 40, 100, 1000);
    private static final List<String> DECIMALS = List.of(".0", ".9", ".99", ".999", ".9999", ".00", ".0000");
    private static final List<String> DAYS =
            List.of("0000-01-01", "1899-12-31", "1900-01-01", "2026-02-28", "2036-02-29", "2999-12-31", "9999-12-31");
    private static final List<String> TIMES =
            List.of("T00:00", "T17:00:00", "T23:59", "T23:59:59.9", "T23:59:59.999999999");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "17",
            "0.0",
            "1.0",
            "1.00000",
            "0.5",
            "0.50000",
            "0.0001",
            "0.00001",
            "-0.5",
            "1E+1",
            "100",
            "2004",
            "2147483647",
            "-2147483648",
            "2147483648",
            "9223372036854775807",
            "999999999999999999999999999999");
    /// What says nothing about which values a schema admits.
    private static final Set<String> ANNOTATIONS =
            Set.of("description", "title", "example", "examples", "default", "deprecated");

    private static final int MOST_ITEMS = 3;
    private static final int MOST_LISTED = 20;

    private final OpenApi description;
    private final Map<String, List<JsonNode>> scalars = new HashMap<>();

    public EdgeValues(OpenApi description) {
        this.description = description;
    }

    /// The given value with one other value at one place, for each place and each edge there. As in [#any], some
    /// combinations may be none that the schema admits.
    ///
    /// @param base what the schema admits; where it does not, the first value that the schema admits is varied
    public List<JsonNode> around(JsonNode base, JsonNode given) {
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode schema : alternatives(given)) {
            switch (OpenApi.type(schema)) {
                case "object" -> objects(base, schema, values);
                case "array" -> lists(base, schema, values);
                default -> values.addAll(scalars(schema));
            }
            if (isNullable(schema)) values.add(NODES.nullNode());
        }
        return values.stream().distinct().toList();
    }

    /// Any value, of edges only. A combination of edges may be one that the schema does not admit.
    public JsonNode any(JsonNode given, Random random) {
        List<JsonNode> schemas = alternatives(given);
        JsonNode schema = schemas.get(random.nextInt(schemas.size()));
        if (isNullable(schema) && random.nextInt(4) == 0) return NODES.nullNode();
        return switch (OpenApi.type(schema)) {
            case "object" -> object(schema, random);
            case "array" -> {
                ArrayNode list = NODES.arrayNode();
                int items = random.nextInt(MOST_ITEMS + 1);
                for (int i = 0; i < items; i++) list.add(any(schema.path("items"), random));
                yield list;
            }
            default -> {
                List<JsonNode> all = scalars(schema);
                yield all.get(random.nextInt(all.size()));
            }
        };
    }

    private ObjectNode object(JsonNode schema, Random random) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties").propertyStream().forEach(it -> {
            if (required(schema).contains(it.getKey()) || random.nextInt(3) > 0)
                object.set(it.getKey(), any(it.getValue(), random));
        });
        return object;
    }

    private void objects(JsonNode base, JsonNode schema, List<JsonNode> values) {
        ObjectNode object = base instanceof ObjectNode given && description.admits(schema, base.toString())
                ? given
                : object(schema, new Random(1));
        values.add(object);
        schema.path("properties").propertyStream().forEach(it -> {
            for (JsonNode value : around(object.path(it.getKey()), it.getValue()))
                values.add(object.deepCopy().set(it.getKey(), value));
            if (!required(schema).contains(it.getKey()))
                values.add(object.deepCopy().without(it.getKey()));
        });
    }

    private void lists(JsonNode base, JsonNode schema, List<JsonNode> values) {
        values.add(NODES.arrayNode());
        List<JsonNode> items = around(base.path(0), schema.path("items"));
        for (JsonNode it : items) values.add(NODES.arrayNode().add(it));
        int most = schema.path("maxItems").asInt(MOST_ITEMS);
        ArrayNode longest = NODES.arrayNode();
        IntStream.range(0, most).forEach(it -> longest.add(items.get(it % items.size())));
        values.add(longest);
    }

    /// Whatever is neither an object nor a list.
    private List<JsonNode> scalars(JsonNode schema) {
        JsonNode constraints = ((ObjectNode) schema.deepCopy()).without(ANNOTATIONS);
        return scalars.computeIfAbsent(constraints.toString(), _ -> {
            Stream<JsonNode> candidates = schema.has("enum")
                    ? listed(schema.path("enum"))
                    : switch (OpenApi.type(schema)) {
                        case "null" -> Stream.of(NODES.nullNode());
                        case "boolean" -> Stream.of(NODES.booleanNode(true), NODES.booleanNode(false));
                        case "integer", "number" -> numbers(schema);
                        default -> texts(schema).map(NODES::stringNode);
                    };
            List<JsonNode> admitted = candidates
                    .filter(it -> description.admits(schema, it.toString()))
                    .toList();
            if (admitted.isEmpty()) throw new IllegalStateException("No value is known for " + schema);
            return admitted;
        });
    }

    /// Each value; of a long list the first, the last and some between.
    private static Stream<JsonNode> listed(JsonNode list) {
        int step = Math.max(1, list.size() / MOST_LISTED);
        return IntStream.range(0, list.size())
                .filter(it -> it % step == 0 || it == list.size() - 1)
                .mapToObj(list::get)
                .filter(it -> !it.isNull());
    }

    private static Stream<JsonNode> numbers(JsonNode schema) {
        return Stream.concat(
                        Stream.of("minimum", "maximum")
                                .filter(schema::has)
                                .map(it -> schema.path(it).asString()),
                        NUMBERS.stream())
                .map(it -> NODES.numberNode(new BigDecimal(it)));
    }

    /// Of each character the shortest text, of some the longest; days and times where they are meant.
    private Stream<String> texts(JsonNode schema) {
        switch (schema.path("format").asString("")) {
            case "date" -> {
                return DAYS.stream();
            }
            case "date-time-local" -> {
                return DAYS.stream().flatMap(day -> TIMES.stream().map(time -> day + time));
            }
            case "uuid" -> {
                return Stream.of("8f14e45f-ceea-467f-a8e1-2b8c6f3e1d11", "00000000-0000-0000-0000-000000000000");
            }
            default -> {}
        }
        Stream<String> ends = Stream.concat(
                Stream.of(""), DECIMALS.stream().filter(it -> description.admits(schema, "\"0" + it + "\"")));
        return ends.flatMap(end -> CHARACTERS.stream().flatMap(it -> ofOneCharacter(it, end, schema)));
    }

    private Stream<String> ofOneCharacter(String character, String end, JsonNode schema) {
        List<String> texts = Stream.concat(
                        LENGTHS.stream(), Stream.of(schema.path("maxLength").asInt(0)))
                .sorted()
                .map(it -> character.repeat(it) + end)
                .toList();
        // Few are judged, because to judge a long one takes long.
        List<String> shortest = admitted(texts, schema).limit(2).toList();
        if (shortest.isEmpty()) return Stream.of("a" + character + "a" + end);
        if (!LONG.contains(character)) return Stream.of(shortest.getFirst(), shortest.getLast());
        return Stream.concat(
                shortest.stream().limit(1), admitted(texts.reversed(), schema).limit(1));
    }

    private Stream<String> admitted(List<String> texts, JsonNode schema) {
        return texts.stream()
                .filter(it -> description.admits(schema, NODES.stringNode(it).toString()));
    }

    /// A schema and each of its alternatives, whole.
    private List<JsonNode> alternatives(JsonNode given) {
        JsonNode schema = given.has("anyOf") ? given : description.resolved(given);
        JsonNode branches = schema.has("anyOf") ? schema.path("anyOf") : schema.path("oneOf");
        if (branches.isEmpty()) return List.of(schema);
        return branches.values().stream()
                .flatMap(it -> it.has("$ref") ? alternatives(it).stream() : Stream.of(merged(schema, it)))
                .toList();
    }

    private static JsonNode merged(JsonNode schema, JsonNode branch) {
        ObjectNode whole = ((ObjectNode) schema.deepCopy()).without(Set.of("anyOf", "oneOf"));
        branch.propertyStream().forEach(it -> {
            JsonNode there = whole.path(it.getKey());
            whole.set(it.getKey(), there.isObject() ? merged(there, it.getValue()) : it.getValue());
        });
        return whole;
    }

    private static boolean isNullable(JsonNode schema) {
        return schema.path("type").values().stream()
                        .anyMatch(it -> it.asString("").equals("null"))
                || schema.path("type").asString("").equals("null");
    }

    private static Set<String> required(JsonNode schema) {
        return schema.path("required").values().stream().map(JsonNode::asString).collect(Collectors.toSet());
    }
}
