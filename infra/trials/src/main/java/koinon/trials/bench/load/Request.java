package koinon.trials.bench.load;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// What is sent again and again. In path, headers and body `{n}` stands for the number of the sending, `{uuid}` for a
/// new one, and `{etag}` for the ETag of the answer before, `*` at first.
public record Request(String method, String path, Map<String, String> headers, String body) {

    public static Request get(String path) {
        return new Request("GET", path, Map.of(), "");
    }

    public static Request json(String method, String path, String body) {
        return new Request(method, path, Map.of("Content-Type", "application/json"), body);
    }

    /// The same with one more header.
    public Request with(String name, String value) {
        var all = new HashMap<>(headers);
        all.put(name, value);
        return new Request(method, path, all, body);
    }

    /// The same under a token.
    public Request as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    void send(Connection connection, long number, String etag) throws java.io.IOException {
        if (method.equals("GET") && body.isEmpty()) {
            connection.send(method, path, headers, body);
            return;
        }
        var filled = new HashMap<String, String>();
        headers.forEach((name, value) -> filled.put(name, fill(value, number, etag)));
        connection.send(method, fill(path, number, etag), filled, fill(body, number, etag));
    }

    private static String fill(String text, long number, String etag) {
        if (text.indexOf('{') < 0) return text;
        String filled = text.replace("{n}", Long.toString(number)).replace("{etag}", etag);
        return filled.contains("{uuid}")
                ? filled.replace("{uuid}", UUID.randomUUID().toString())
                : filled;
    }
}
