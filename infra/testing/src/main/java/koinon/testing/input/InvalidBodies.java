package koinon.testing.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import koinon.testing.http.RawHttpClient;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes wrong bodies out of a right one, by its schema: every field, wherever it is, is left out, is null, is of
/// another type, too long, too large, and holds what few people type.
final class InvalidBodies {

    private static final String NOTHING = "no such thing!";
    private static final String UNKNOWN = "thereIsNoSuchField";

    /// In JSON, so that what cannot be written otherwise can be sent as an escape.
    private static final Map<String, String> TEXTS = Map.of(
            "combining marks", "\"e\\u0301\\u0323\\u0302\"",
            "right to left", "\"\\u05d0\\u0628\\u200f\"",
            "emoji", "\"\\ud83d\\udc69\\u200d\\ud83d\\ude80\"",
            "what others would run", "\"${jndi:ldap://x} <script> {{7*7}} ' OR 1=1\"",
            "nothing but blanks", "\"\\u00a0 \\t\"",
            "a very long text", "\"" + "x".repeat(100_000) + "\"");
    private static final Map<String, String> NO_TEXTS = Map.of(
            "NUL", "\"a\\u0000b\"",
            "half a surrogate pair", "\"a\\ud800b\"",
            "the other half", "\"\\udc00\"",
            "a control of the second row", "\"a\\u0085b\"",
            "a carriage return", "\"a\\r\\nb\"",
            "an override of the direction", "\"a\\u202eb\"",
            "an isolate", "\"a\\u2067b\\u2069\"",
            "a noncharacter", "\"a\\uffffb\"",
            "nothing that shows", "\"\\u200b\\u3164\"");
    private static final String LINES = "a\nb";
    private static final List<String> FAR_DAYS = List.of("+999999999-12-31", "-0001-01-01", "10000-01-01");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "0.00001",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "1e400",
            "1e-400",
            "1e999999999",
            "9".repeat(90),
            "9".repeat(2000));
    private static final Map<String, List<String>> OF_OTHER_TYPES = Map.of(
            "string", List.of("5", "true", "{}", "[\"a\"]"),
            "integer", List.of("\"5\"", "true", "{}", "[5]", "5.5"),
            "number", List.of("\"5\"", "true", "{}", "[5]"),
            "boolean", List.of("\"true\"", "1", "{}", "[true]"),
            "array", List.of("5", "\"a\"", "{}"),
            "object", List.of("5", "\"a\"", "[{}]", "true"));

    private final OpenApi description;
    private final RawHttpClient.Request right;
    private final String mediaType;
    private final JsonNode body;
    private final List<InvalidRequest> wrongs = new ArrayList<>();

    private InvalidBodies(OpenApi description, RawHttpClient.Request right, String mediaType, JsonNode body) {
        this.description = description;
        this.right = right;
        this.mediaType = mediaType;
        this.body = body;
    }

    static List<InvalidRequest> of(OpenApi description, Operation operation, RawHttpClient.Request right, String body) {
        if (!operation.mediaType().equals("application/json")) return List.of();
        var made = new InvalidBodies(description, right, operation.mediaType(), OpenApi.JSON.readTree(body));
        made.vary("", made.body, operation.bodySchema());
        return made.wrongs;
    }

    private void vary(String pointer, JsonNode value, JsonNode given) {
        JsonNode schema = description.resolved(given);
        if (value instanceof ObjectNode object && schema.has("properties")) {
            invalid("a field that is not known", pointer, "{\"" + UNKNOWN + "\":1}", pointer + "/" + UNKNOWN, true);
            Set<String> required = schema.path("required").values().stream()
                    .map(JsonNode::asString)
                    .collect(Collectors.toSet());
            schema.path("properties").propertyStream().forEach(it -> {
                String at = pointer + "/" + it.getKey();
                if (required.contains(it.getKey())) missing(at);
                field(at, it.getValue(), required.contains(it.getKey()));
                if (object.has(it.getKey())) vary(at, object.path(it.getKey()), it.getValue());
            });
        }
        if (value instanceof ArrayNode list && !list.isEmpty()) {
            element(pointer + "/0", schema.path("items"));
            vary(pointer + "/0", list.get(0), schema.path("items"));
        }
    }

    private void missing(String at) {
        JsonNode copy = body.deepCopy();
        ((ObjectNode) copy.at(parent(at))).remove(name(at));
        wrongs.add(InvalidRequest.invalid("without " + at, sending(copy.toString()), at));
    }

    private void field(String at, JsonNode given, boolean required) {
        if (required) invalid("null", at, "null", at, false);
        else unusual("null", at, "null");
        element(at, given);
    }

    private void element(String at, JsonNode given) {
        JsonNode schema = description.resolved(given);
        String type = OpenApi.type(schema);
        OF_OTHER_TYPES.getOrDefault(type, List.of()).forEach(it -> invalid("another type", at, it, at, false));
        switch (type) {
            case "string" -> text(at, schema);
            case "integer", "number" -> number(at, schema);
            default -> {}
        }
    }

    private void text(String at, JsonNode schema) {
        TEXTS.forEach((what, text) -> unusual(what, at, text));
        NO_TEXTS.forEach((what, text) -> invalid(what, at, text, at, false));
        if (!Pattern.compile(schema.path("pattern").asString("")).matcher(LINES).find())
            invalid("a line break", at, "\"a\\nb\"", at, false);
        if (schema.has("maxLength")) {
            String longest = "x".repeat(schema.path("maxLength").asInt());
            invalid("too long", at, "\"x" + longest + "\"", at, false);
        }
        boolean matches = Pattern.compile(schema.path("pattern").asString(""))
                .matcher(NOTHING)
                .find();
        if (schema.has("enum") || schema.has("format") || !matches)
            invalid("not one of these", at, "\"" + NOTHING + "\"", at, false);
        if (schema.path("minLength").asInt(0) > 0) invalid("empty", at, "\"\"", at, false);
        String time = switch (schema.path("format").asString("")) {
            case "date" -> "";
            case "date-time", "date-time-local" -> "T17:00";
            default -> null;
        };
        if (time != null) FAR_DAYS.forEach(it -> invalid("a far day", at, "\"" + it + time + "\"", at, false));
    }

    private void number(String at, JsonNode schema) {
        NUMBERS.forEach(it -> unusual("a number", at, it));
        if (schema.has("maximum"))
            invalid("too large", at, String.valueOf(schema.path("maximum").asLong() + 1), at, false);
        if (schema.has("minimum"))
            invalid("too small", at, String.valueOf(schema.path("minimum").asLong() - 1), at, false);
    }

    private void unusual(String what, String at, String json) {
        wrongs.add(InvalidRequest.unusual(shown(what, at, json), sending(with(at, json, false))));
    }

    private void invalid(String what, String at, String json, String pointer, boolean added) {
        wrongs.add(InvalidRequest.invalid(shown(what, at, json), sending(with(at, json, added)), pointer));
    }

    private static String shown(String what, String at, String json) {
        return what + " at " + at + ": " + (json.length() > 40 ? json.substring(0, 40) + "..." : json);
    }

    /// The right body with another value at a place, or with a field more in the object there.
    private String with(String at, String json, boolean added) {
        String mark = "\"here it comes\"";
        JsonNode copy = body.deepCopy();
        Consumer<JsonNode> put = node -> {
            if (node instanceof ObjectNode object) object.put(added ? UNKNOWN : name(at), "here it comes");
            else if (node instanceof ArrayNode list) list.set(0, "here it comes");
        };
        put.accept(copy.at(added ? at : parent(at)));
        return copy.toString().replace(mark, added ? "1" : json);
    }

    private RawHttpClient.Request sending(String json) {
        return right.sending(mediaType, json);
    }

    private static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
}
