package koinon.testing.contract;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One event type of the published language: its schema, and in `examples` its golden samples, oldest first.
///
/// @param service whose topic carries it
/// @param type `koinon.<aggregate>.<event>.v<n>`, the file's name without its ending
record Contract(String service, String type, Path file, JsonNode schema) {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Set<String> AUDIENCES = Set.of("public", "partners", "funders", "cities", "secretariat");

    String aggregate() {
        return aggregateOf(type);
    }

    /// The second part of an event type's name.
    static String aggregateOf(String type) {
        return type.replaceFirst("^koinon\\.([a-z-]+)\\..*$", "$1");
    }

    List<String> examples() {
        return schema.path("examples").values().stream().map(Contracts::text).toList();
    }

    /// What is wrong with one event, as sentences; empty when the schema accepts it.
    List<String> violations(String event) {
        Schema compiled = REGISTRY.getSchema(Contracts.text(schema));
        return compiled.validate(event, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    /// What the file itself lacks, as sentences: it is read by people and by programs.
    List<String> flaws() {
        List<String> flaws = new ArrayList<>();
        if (!type.matches("koinon\\.[a-z-]+\\.[a-z-]+\\.v[1-9][0-9]*")) flaws.add(type + " is no event type");
        if (!schema.path("$schema").asString("").equals("https://json-schema.org/draft/2020-12/schema"))
            flaws.add(type + " does not say that it is JSON Schema 2020-12");
        for (String text : List.of("title", "description"))
            if (schema.path(text).asString("").isBlank()) flaws.add(type + " has no " + text);
        if (!AUDIENCES.contains(schema.path("x-audience").asString("")))
            flaws.add(type + " names no audience (x-audience) of " + new TreeSet<>(AUDIENCES));
        audiences("", schema, null, flaws);
        if (!schema.path("type").asString("").equals("object")) flaws.add(type + " is no object");
        if (schema.has("additionalProperties"))
            flaws.add(type + " rules out fields that a later version may have (additionalProperties)");
        Set<String> fields = schema.path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        for (JsonNode required : schema.path("required"))
            if (!fields.contains(required.asString()))
                flaws.add(type + " requires " + required.asString() + " and does not describe it");
        schema.path("properties").propertyStream().forEach(it -> {
            if (it.getValue().path("description").asString("").isBlank()
                    && !it.getValue().has("$ref")) flaws.add(type + " does not describe " + it.getKey());
        });
        if (examples().isEmpty()) flaws.add(type + " has no example");
        for (String example : examples())
            violations(example).forEach(it -> flaws.add(type + " refuses its example " + example + ": " + it));
        return flaws;
    }

    /// Who may see a property is one of the known audiences, and whom it belongs to is named beside it.
    private void audiences(String pointer, JsonNode part, @Nullable JsonNode in, List<String> flaws) {
        for (String name : List.of("x-audience", "x-audience-approved"))
            if (part.has(name) && !AUDIENCES.contains(part.path(name).asString("")))
                flaws.add(type + pointer + " names no audience (" + name + ") of " + new TreeSet<>(AUDIENCES));
        String owner = part.path("x-owner").asString("");
        if (!owner.isEmpty()
                && (in == null
                        || !owner.startsWith("1/")
                        || !in.path("properties").has(owner.substring(2))))
            flaws.add(type + pointer + " belongs to " + owner + ", which is not beside it");
        part.path("properties")
                .propertyStream()
                .forEach(it -> audiences(pointer + "/" + it.getKey(), it.getValue(), part, flaws));
        if (part.has("items")) audiences(pointer + "/*", part.path("items"), null, flaws);
    }

    /// The pointers of the texts that can be redacted (`x-redactable`), sorted.
    Set<String> redactable() {
        Set<String> pointers = new TreeSet<>();
        redactable("", schema, pointers);
        return pointers;
    }

    private static void redactable(String pointer, JsonNode part, Set<String> into) {
        if (part.path("x-redactable").asBoolean(false)) into.add(pointer);
        part.path("properties")
                .propertyStream()
                .forEach(it -> redactable(pointer + "/" + it.getKey(), it.getValue(), into));
        if (part.has("items")) redactable(pointer + "/*", part.path("items"), into);
    }

    /// Every field that a reader can rely on, sorted, each as `<pointer>:<type>:required|optional`.
    List<String> shape() {
        Set<String> shape = new TreeSet<>();
        describe("", schema, shape);
        return List.copyOf(shape);
    }

    private void describe(String pointer, JsonNode part, Set<String> shape) {
        JsonNode object = resolved(part);
        List<String> required = object.path("required").values().stream()
                .map(JsonNode::asString)
                .toList();
        object.path("properties").propertyStream().forEach(field -> {
            String below = pointer + "/" + field.getKey();
            shape.add(below + ":" + kind(field.getValue()) + ":"
                    + (required.contains(field.getKey()) ? "required" : "optional"));
            describe(below, field.getValue(), shape);
        });
        if (object.has("items")) {
            shape.add(pointer + "/*:" + kind(object.path("items")) + ":required");
            describe(pointer + "/*", object.path("items"), shape);
        }
    }

    private String kind(JsonNode part) {
        JsonNode resolved = resolved(part);
        JsonNode type = resolved.path("type");
        String kind = type.isArray()
                ? String.join(
                        "|",
                        type.values().stream().map(JsonNode::asString).sorted().toList())
                : type.asString("any");
        if (resolved.has("format")) kind += "(" + resolved.path("format").asString() + ")";
        return kind;
    }

    private JsonNode resolved(JsonNode part) {
        String ref = part.path("$ref").asString("");
        return ref.startsWith("#/") ? schema.at(ref.substring(1)) : part;
    }
}
