package koinon.testing.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import koinon.testing.contract.Contracts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Calls an application over HTTP as a client would. Each method that says how to call gives another caller.
///
/// ```
/// Api.at(port).as(secretariat).with("If-Match", "\"3\"").post("/api/v1/cities", "{...}")
/// ```
///
/// @param bearer absent: without a token
public record Api(String base, @Nullable String bearer, String mediaType, List<String> headers) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// What was answered.
    public record Reply(HttpResponse<String> response, JsonNode body) {

        /// What is answered as a JSON value a line.
        public List<JsonNode> lines() {
            return response.body().lines().map(Contracts::parse).toList();
        }

        public int status() {
            return response.statusCode();
        }

        /// The header's first value; empty when it is not there.
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /// The version that its ETag names; 0 when it has none.
        public long version() {
            String etag = header("ETag").replaceAll("^\"([0-9]+).*", "$1");
            return etag.isEmpty() ? 0 : Long.parseLong(etag);
        }

        /// The text at a JSON pointer; empty when there is none.
        public String text(String pointer) {
            return body.at(pointer).asString("");
        }

        /// `<pointer> <sentence>` of everything that a problem document finds wrong.
        public List<String> violations() {
            return body.path("violations").values().stream()
                    .map(it -> it.path("pointer").asString("") + " "
                            + it.path("detail").asString(""))
                    .toList();
        }
    }

    public static Api at(int port) {
        return new Api("http://127.0.0.1:" + port, null, "application/json", List.of());
    }

    public Api as(Tokens.Person person) {
        return new Api(base, person.bearer(), mediaType, headers);
    }

    public Api with(String header, String value) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of(header, value));
        return new Api(base, bearer, mediaType, List.copyOf(more));
    }

    /// With bodies of another media type than JSON.
    public Api sending(String other) {
        return new Api(base, bearer, other, headers);
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply post(String path, String body) {
        return send("POST", path, body);
    }

    public Reply put(String path, String body) {
        return send("PUT", path, body);
    }

    public Reply send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) request.header("Content-Type", mediaType);
        if (bearer != null) request.header("Authorization", bearer);
        if (!headers.isEmpty()) request.headers(headers.toArray(String[]::new));
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Reply(
                    response,
                    type.matches("application/(.+[+])?json.*")
                                    && !response.body().isEmpty()
                            ? Contracts.parse(response.body())
                            : MissingNode.getInstance());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
