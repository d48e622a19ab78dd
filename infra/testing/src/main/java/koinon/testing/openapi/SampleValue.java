package koinon.testing.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes a value that a schema admits, for bodies of which a test says nothing.
public final class SampleValue {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final OpenApi description;

    public SampleValue(OpenApi description) {
        this.description = description;
    }

    public JsonNode of(JsonNode given) {
        JsonNode schema = description.resolved(given);
        if (schema.has("example")) return schema.path("example");
        if (schema.path("enum").isArray()) return schema.path("enum").get(0);
        return switch (OpenApi.type(schema)) {
            case "object" -> object(schema);
            case "array" -> list(schema);
            case "string" -> NODES.stringNode(text(schema));
            case "integer", "number" -> NODES.numberNode(schema.path("minimum").asInt(1));
            case "boolean" -> NODES.booleanNode(true);
            default -> NODES.objectNode();
        };
    }

    private JsonNode object(JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties").propertyStream().forEach(it -> object.set(it.getKey(), of(it.getValue())));
        return object;
    }

    private JsonNode list(JsonNode schema) {
        ArrayNode list = NODES.arrayNode();
        list.add(of(schema.path("items")));
        return list;
    }

    private static String text(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "date" -> "2036-04-30";
            case "date-time" -> "2036-04-30T15:00:00Z";
            case "uuid" -> "8f14e45f-ceea-467f-a8e1-2b8c6f3e1d11";
            default -> "word";
        };
    }
}
