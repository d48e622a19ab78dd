package koinon.testing.input;

import java.util.ArrayList;
import java.util.List;
import koinon.testing.http.RawHttpClient;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;
import tools.jackson.databind.JsonNode;

/// Makes wrong requests out of a right one: what is wrong with them is not in a field of the body.
final class InvalidRequests {

    private static final List<String> NO_IDS = List.of(
            "nobody",
            "0",
            "-1",
            "%00",
            "%ff",
            "%2e%2e%2f",
            "a%20b",
            "%27%22%3C%3E",
            "%F0%9F%91%A9",
            "%u0041",
            "*",
            "{id}",
            "x".repeat(5000));
    private static final List<String> NO_VALUES =
            List.of("%00", "%ff", "%", "a%20b", "%F0%9F%91%A9", "$ne", ".*", "%7B%7D", "x".repeat(5000));
    private static final List<String> NO_NUMBERS = List.of("0", "-1", "1.5", "x", "99999999999999999999");
    private static final List<String> NO_BODIES = List.of(
            "",
            " ",
            "{",
            "}",
            "[]",
            "\"x\"",
            "null",
            "5",
            "{}{}",
            "{\"a\":",
            "{\"a\":NaN}",
            "{'a':1}",
            "{\"a\":1,}",
            "{\"a\":1,\"a\":2}",
            "\u00ef\u00bb\u00bf",
            "\u00ff\u00fe{}",
            "{\"\u00ff\":1}",
            "{\"a\":".repeat(2000),
            "[".repeat(50_000),
            "{\"" + "a".repeat(60_000) + "\":1}");

    private static final List<String> MEDIA_TYPES = List.of(
            "application/json",
            "text/csv",
            "application/yaml",
            "application/x-yaml",
            "text/yaml",
            "application/xml",
            "text/xml",
            "application/cbor",
            "application/x-jackson-smile",
            "application/x-protobuf",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data;boundary=x",
            "multipart/mixed;boundary=x",
            "text/plain",
            "text/html",
            "text/json",
            "application/octet-stream",
            "application/merge-patch+json",
            "application/json-patch+json",
            "application/problem+json",
            "application/vnd.api+json",
            "application/vnd.spring-boot.actuator.v3+json",
            "application/*+json",
            "application/*",
            "*/*",
            "nonsense",
            "",
            "application/json,application/yaml");
    private static final List<String> NOT_ACCEPTABLE = List.of(
            "application/xml",
            "text/html",
            "image/*",
            "%%%",
            "*/*;q=x",
            "application/json;charset=utf-16",
            "application/json;q=0",
            "*/*;q=0");
    private static final List<String> CHARSETS = List.of("utf-16", "utf-16le", "utf-32", "iso-8859-1", "us-ascii", "x");

    private final Operation operation;
    private final RawHttpClient.Request right;
    private final List<InvalidRequest> wrongs = new ArrayList<>();

    private InvalidRequests(Operation operation, RawHttpClient.Request right) {
        this.operation = operation;
        this.right = right;
    }

    /// What depends on the operation: its variables and parameters.
    static List<InvalidRequest> of(Operation operation, RawHttpClient.Request right) {
        var made = new InvalidRequests(operation, right);
        made.paths();
        made.queries();
        return made.wrongs;
    }

    /// What is the same for all operations: headers, media types, and bodies that are not of its media type.
    static List<InvalidRequest> general(Operation operation, RawHttpClient.Request right) {
        var made = new InvalidRequests(operation, right);
        made.headers();
        if (!operation.reads()) {
            made.mediaTypes();
            made.accepted();
        }
        if (operation.takesBody()) made.bodies();
        return made.wrongs;
    }

    /// What every operation refuses, whatever it knows.
    static InvalidRequest unknownParameter(RawHttpClient.Request right) {
        return InvalidRequest.invalid(
                "a parameter that is not known", right.to(right.target() + "?nonsense=1"), "nonsense");
    }

    private void paths() {
        String[] described = operation.path().split("/", -1);
        String[] made = right.target().split("/", -1);
        for (int i = 0; i < described.length; i++) {
            if (!described[i].startsWith("{")) continue;
            for (String id : NO_IDS) {
                String[] other = made.clone();
                other[i] = id;
                wrongs.add(InvalidRequest.unusual("an id that is none", right.to(String.join("/", other))));
            }
        }
    }

    private void queries() {
        wrongs.add(unknownParameter(right));
        wrongs.add(InvalidRequest.invalid("a name that is none", right.to(right.target() + "?%5B%5D=2"), "[]"));
        wrongs.add(
                InvalidRequest.refused("many parameters", right.to(right.target() + "?" + "a=1&".repeat(1500)), 400));
        for (JsonNode it : operation.parameters("query")) {
            String name = it.path("name").asString();
            for (String value : NO_VALUES) query(name + "=" + value);
            for (String none : List.of(name, name + "=", name + "=%20"))
                wrongs.add(InvalidRequest.invalid("no value: " + none, right.to(right.target() + "?" + none), name));
            for (String twice : List.of("a&%s=b", "1&%s=1", "&%s="))
                wrongs.add(InvalidRequest.invalid(
                        "a value twice", right.to(right.target() + "?" + name + "=" + twice.formatted(name)), name));
            if (OpenApi.type(it.path("schema")).equals("integer"))
                for (String value : NO_NUMBERS)
                    wrongs.add(InvalidRequest.invalid(
                            "a number that is none: " + value,
                            right.to(right.target() + "?" + name + "=" + value),
                            name));
            if (it.path("schema").has("enum"))
                wrongs.add(InvalidRequest.invalid(
                        "none of the values", right.to(right.target() + "?" + name + "=NONSENSE"), name));
            wrongs.add(InvalidRequest.refused("NUL in a value", right.to(right.target() + "?" + name + "=a%00b"), 400));
        }
    }

    private void query(String query) {
        wrongs.add(InvalidRequest.unusual("a value that is none", right.to(right.target() + "?" + query)));
    }

    private void headers() {
        for (String it : List.of("Bearer", "Bearer x", "Bearer a.b.c", "Bearer " + "x".repeat(5000)))
            wrongs.add(InvalidRequest.refused("a token that is none", right.with("Authorization: " + it), 401));
        for (String it :
                List.of("Authorization", "Koinon-Mandate", "Idempotency-Key", "If-None-Match", "Last-Event-ID"))
            notAscii(right.with(it + ": \u041a"));
        wrongs.add(InvalidRequest.unusual("another scheme", right.with("Authorization: Basic YTpi")));
        for (String it : List.of("image/png", "nonsense", "a/b/c", "*/*;q=x")) header("Accept: " + it);
        for (String it : List.of("nobody", "", "x".repeat(5000), "\u0001", "\u00e9")) header("Koinon-Mandate: " + it);
        for (String it : List.of("7", "\"x\"", "W/\"1\"", "\"1\",\"2\"", "", "\"" + "9".repeat(100) + "\"", "\u00e9"))
            header("If-Match: " + it);
        for (String it : List.of("", "x".repeat(101), "\u00e9", "\u0001", "a\tb")) header("Idempotency-Key: " + it);
        for (String it : List.of("nonsense", "00-0-0-00", "\u00e9")) header("traceparent: " + it);
        for (String it : List.of("\"1", "*", "\u00e9")) header("If-None-Match: " + it);
        for (String it : List.of("x", "0.9999999999999999999999999999.x")) header("Last-Event-ID: " + it);
        wrongs.add(InvalidRequest.refused(
                "headers that are too large", right.with("X-Large: " + "x".repeat(30_000)), 400));
        header("Host: nonsense:x");
        header("X-Forwarded-Proto: gopher");
        header("X-Forwarded-For: " + "1.1.1.1,".repeat(500));
    }

    /// The gateway answers some reads before it looks at all headers; it passes none of them on.
    private void notAscii(RawHttpClient.Request request) {
        String what = "a header that is not ASCII";
        wrongs.add(
                operation.reads() ? InvalidRequest.unusual(what, request) : InvalidRequest.refused(what, request, 400));
    }

    private void header(String header) {
        wrongs.add(InvalidRequest.unusual(
                "the header " + (header.length() > 60 ? header.substring(0, 60) : header), right.with(header)));
    }

    /// Whatever is not the one type that is read here, with a body that would do: JSON is YAML, too.
    private void mediaTypes() {
        String read = operation.takesBody() ? operation.mediaType() : "application/json";
        RawHttpClient.Request good = operation.takesBody() ? right : right.sending(read, "{}");
        MEDIA_TYPES.stream()
                .filter(it -> !it.equals(read))
                .forEach(it -> unread("a body of '" + it + "'", good.sendingBytes(it, good.body())));
        for (String it : CHARSETS) unread("a body in " + it, good.sendingBytes(read + ";charset=" + it, good.body()));
        if (operation.takesBody() && read.equals("application/json"))
            unread("a body not in UTF-8", good.sendingBytes(read + ";charset=utf-8", "{\"\u00ff\":1}"));
        unread("a body of no type", good.without("Content-Type"));
        for (String it : List.of("gzip", "deflate", "br", "zstd", "compress", "identity, gzip", "x", ""))
            unread("a body in the encoding '" + it + "'", good.with("Content-Encoding: " + it));
    }

    /// An answer in none of these can be given, so nothing is done.
    private void accepted() {
        for (String it : NOT_ACCEPTABLE)
            wrongs.add(InvalidRequest.refused("an answer in " + it, right.with("Accept: " + it), 406));
    }

    private void unread(String what, RawHttpClient.Request request) {
        wrongs.add(InvalidRequest.refused(what, request, 415));
    }

    private void bodies() {
        for (String it : NO_BODIES)
            wrongs.add(InvalidRequest.unusual(
                    "a body that is none: " + (it.length() > 20 ? it.substring(0, 20) : it),
                    right.sendingBytes(operation.mediaType(), it)));
        wrongs.add(InvalidRequest.refused(
                "a body that is too large", right.sending(operation.mediaType(), "x".repeat(3_000_000)), 413));
    }
}
