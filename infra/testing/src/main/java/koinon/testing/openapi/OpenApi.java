package koinon.testing.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import koinon.testing.http.RawHttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The description that a running application gives of itself.
public final class OpenApi {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Map<String, Schema> compiled = new HashMap<>();

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    public static OpenApi of(RawHttpClient client) {
        return new OpenApi(JSON.readTree(
                client.send(RawHttpClient.Request.of("GET", "/v3/api-docs")).body()));
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .filter(it -> METHODS.contains(it.getKey()))
                        .forEach(it -> operations.add(new Operation(
                                it.getKey().toUpperCase(Locale.ROOT), path.getKey(), "", it.getValue()))));
        return operations;
    }

    /// What stands behind a `$ref`, or the schema itself; of a schema or null, the schema.
    public JsonNode resolved(JsonNode schema) {
        if (type(schema.at("/anyOf/1")).equals("null")) return resolved(schema.at("/anyOf/0"));
        String ref = schema.path("$ref").asString("");
        return ref.isEmpty() ? schema : resolved(document.at(ref.substring(1)));
    }

    /// The type of a schema; of several, the first that is not `null`.
    public static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (!type.isArray()) return type.asString("");
        return type.values().stream()
                .map(it -> it.asString(""))
                .filter(it -> !it.equals("null"))
                .findFirst()
                .orElse("null");
    }

    /// What is wrong with an answer by its description, as sentences.
    public List<String> violations(Operation operation, RawHttpClient.Answer answer) {
        JsonNode response = resolved(operation.node().path("responses").path(String.valueOf(answer.status())));
        if (response.isMissingNode()) return List.of("status " + answer.status() + " is not documented");
        if (answer.body().isEmpty()) return List.of();
        String type = answer.header("content-type").replaceAll(";.*", "");
        JsonNode schema = response.path("content").path(type).path("schema");
        if (schema.isMissingNode()) return List.of("a body of " + type + " is not documented for " + answer.status());
        if (!isJson(answer)) return List.of();
        return compiled
                .computeIfAbsent(schema.toString(), _ -> compile(schema))
                .validate(answer.body(), InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }

    /// Whether a body is one JSON value.
    public static boolean isJson(RawHttpClient.Answer answer) {
        String type = answer.header("content-type").replaceAll(";.*", "");
        return type.endsWith("/json") || type.endsWith("+json");
    }

    /// Whether a schema admits a value, given in JSON.
    public boolean admits(JsonNode schema, String json) {
        return compiled.computeIfAbsent("as it is: " + schema, _ -> compileAsItIs(schema))
                .validate(json, InputFormat.JSON)
                .isEmpty();
    }

    private Schema compileAsItIs(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll((ObjectNode) schema.deepCopy());
        whole.set("components", document.path("components").deepCopy());
        return REGISTRY.getSchema(whole.toString());
    }

    /// Closed: a field that is not described is a violation too.
    private Schema compile(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll((ObjectNode) schema.deepCopy());
        whole.set("components", document.path("components").deepCopy());
        close(whole.at("/components/schemas"));
        return REGISTRY.getSchema(whole.toString());
    }

    private static void close(JsonNode node) {
        node.forEach(OpenApi::close);
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) object.put("additionalProperties", false);
    }
}
