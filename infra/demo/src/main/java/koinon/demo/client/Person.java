package koinon.demo.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import koinon.demo.client.RequestObserver.Attempt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Somebody who works with Koinon over HTTP, under their own token.
///
/// Every change carries an Idempotency-Key, and while nobody can say whether it was done, because a process is
/// away, the same request is sent again: so it is done once.
public final class Person {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String name;
    private final RunningKoinon.Gateways gateways;
    private final HttpClient http;
    private final Supplier<String> token;
    private final @Nullable String mandate;

    Person(
            String name,
            RunningKoinon.Gateways gateways,
            HttpClient http,
            Supplier<String> token,
            @Nullable String mandate) {
        this.name = name;
        this.gateways = gateways;
        this.http = http;
        this.token = token;
        this.mandate = mandate;
    }

    public String name() {
        return name;
    }

    /// The same person, acting under one of several mandates.
    public Person under(String mandate) {
        return new Person(name, gateways, http, token, mandate);
    }

    /// Sends a command without anything to say.
    public Reply post(String path) {
        return post(path, Map.of());
    }

    public Reply post(String path, Map<String, ?> body) {
        return send("POST", path, json(body), "application/json", null);
    }

    /// Sends a table.
    public Reply postCsv(String path, byte[] table) {
        return send("POST", path, BodyPublishers.ofByteArray(table), "text/csv", null);
    }

    /// Writes a thing that was read before, as long as it is still what was read.
    public Reply put(String path, String etag, Map<String, ?> body) {
        return send("PUT", path, json(body), "application/json", etag);
    }

    public Reply get(String path) {
        return send("GET", path, BodyPublishers.noBody(), null, null);
    }

    /// Everything on a list, page by page.
    ///
    /// @throws Unexpected when a page was refused
    public List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        String after = "";
        do {
            Reply page = get(path + "?limit=200" + (after.isEmpty() ? "" : "&after=" + after));
            if (!page.isFine()) throw new Unexpected(path + " was answered " + page.said());
            page.body().path("items").forEach(items::add);
            after = page.body().path("next").asString("");
        } while (!after.isEmpty());
        return items;
    }

    private Reply send(String method, String path, BodyPublisher body, @Nullable String type, @Nullable String etag) {
        String key = UUID.randomUUID().toString();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Reply reply = once(method, path, body, type, etag, key);
                if (!reply.isUnknown() || System.nanoTime() > deadline) return reply;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) throw new Unexpected(method + " " + path + " failed: " + e);
            }
            RunningKoinon.pause(Duration.ofMillis(200));
        }
    }

    private Reply once(
            String method, String path, BodyPublisher body, @Nullable String type, @Nullable String etag, String key)
            throws IOException {
        URI gateway = gateways.next();
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve("/api/v1" + path))
                .timeout(gateways.longest())
                .header("Authorization", "Bearer " + token.get())
                .method(method, body);
        if (type != null) request.header("Content-Type", type).header("Idempotency-Key", key);
        if (etag != null) request.header("If-Match", etag);
        if (mandate != null) request.header("Koinon-Mandate", mandate);
        long begin = System.nanoTime();
        @Nullable String command = type == null ? null : key;
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            var reply = new Reply(
                    method + " " + path, response.statusCode(), response, parsed(response.body()), System.nanoTime());
            gateways.observer().saw(new Attempt(command, reply.request(), gateway, begin, reply.at(), reply, null));
            return reply;
        } catch (IOException e) {
            gateways.observer()
                    .saw(new Attempt(command, method + " " + path, gateway, begin, System.nanoTime(), null, e));
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected("Interrupted");
        }
    }

    private static JsonNode parsed(byte[] body) {
        if (body.length == 0 || (body[0] != '{' && body[0] != '[')) return MissingNode.getInstance();
        return JSON.readTree(body);
    }

    private static BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }
}
