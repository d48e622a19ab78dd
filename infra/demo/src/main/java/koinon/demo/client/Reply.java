package koinon.demo.client;

import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What was answered.
///
/// @param request in short, for the report
/// @param body as JSON; missing when there is none
/// @param at when it arrived, [System#nanoTime]
public record Reply(String request, int status, HttpResponse<byte[]> response, JsonNode body, long at) {

    public boolean isFine() {
        return status >= 200 && status < 300;
    }

    /// Whether something in the way failed, so that nobody knows whether it was done: the same key may be sent
    /// again.
    boolean isUnknown() {
        return status == 502 || status == 503 || status == 504;
    }

    /// The id of what it is about.
    public String id() {
        return body.path("id").asString();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /// The place of its last event, to wait for in the status.
    public Optional<String> position() {
        return header("Koinon-Position");
    }

    public String etag() {
        return header("ETag").orElseThrow(() -> new Unexpected(request + " was answered without an ETag."));
    }

    /// The name of the rule that refused it; empty when it was not refused by a rule.
    public String rule() {
        String type = body.path("type").asString("");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /// Status, rule and sentence, for people.
    public String said() {
        return status
                + (isFine() ? "" : " " + rule() + ": " + body.path("detail").asString(body.toString()));
    }
}
