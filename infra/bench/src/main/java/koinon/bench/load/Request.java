package koinon.bench.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// What is sent again and again. In path, headers and body `{n}` stands for the number of the sending, `{uuid}` for
/// a new one, and `{etag}` for the ETag of the answer before, `*` at first.
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

    /// As HTTP/1.1 sends it.
    byte[] bytes(URI server, long number, String etag) {
        byte[] content = fill(body, number, etag).getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(fill(path, number, etag))
                .append(" HTTP/1.1\r\nHost: ")
                .append(server.getAuthority());
        headers.forEach(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(fill(value, number, etag)));
        if (content.length > 0) head.append("\r\nContent-Length: ").append(content.length);
        byte[] first = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(first, first.length + content.length);
        System.arraycopy(content, 0, all, first.length, content.length);
        return all;
    }

    private static String fill(String text, long number, String etag) {
        if (text.indexOf('{') < 0) return text;
        String filled = text.replace("{n}", Long.toString(number)).replace("{etag}", etag);
        return filled.contains("{uuid}")
                ? filled.replace("{uuid}", UUID.randomUUID().toString())
                : filled;
    }
}
