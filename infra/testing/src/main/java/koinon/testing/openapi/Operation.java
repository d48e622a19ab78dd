package koinon.testing.openapi;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// One operation of a description.
///
/// @param path as the description has it, with its variables
/// @param when of which of several things this is, in words; empty for the usual one
/// @param node what is said of it
public record Operation(String method, String path, String when, JsonNode node) {

    /// As the table names it.
    public String name() {
        return method + " " + path + (when.isEmpty() ? "" : " " + when);
    }

    public boolean reads() {
        return method.equals("GET");
    }

    /// Whether its answer is a stream of events.
    public boolean answersStream() {
        return node.at("/responses/200/content").has("text/event-stream");
    }

    public boolean takesBody() {
        return node.has("requestBody");
    }

    /// The media type of its body.
    public String mediaType() {
        return node.at("/requestBody/content").propertyNames().stream()
                .findFirst()
                .orElse("");
    }

    public JsonNode bodySchema() {
        return node.at("/requestBody/content").path(mediaType()).path("schema");
    }

    /// The statuses that it is documented to answer.
    public Set<String> statuses() {
        return Set.copyOf(node.path("responses").propertyNames());
    }

    /// Its parameters of one kind: `query`, `path` or `header`.
    public List<JsonNode> parameters(String in) {
        return node.path("parameters").values().stream()
                .filter(it -> it.path("in").asString("").equals(in))
                .toList();
    }
}
