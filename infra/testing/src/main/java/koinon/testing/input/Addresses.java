package koinon.testing.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koinon.testing.http.RawHttpClient.Answer;
import koinon.testing.http.RawHttpClient.Request;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;

/// What HTTP says of every address: the same address with a slash is none, and a read answers `HEAD`, has an ETag, and
/// compares it with the conditions of a request.
final class Addresses {

    private static final String MATCHES = "If-Match: ";
    private static final String NONE_MATCHES = "If-None-Match: ";
    private static final String OTHER = "\"other\"";

    private final ValidRequests valid;
    private final Operation operation;
    private final Request right;
    private final int number;
    private final List<String> faults = new ArrayList<>();

    /// @param number of the operation, for its share of the conditions
    Addresses(ValidRequests valid, Operation operation, Request right, int number) {
        this.valid = valid;
        this.operation = operation;
        this.right = right;
        this.number = number;
    }

    /// @param reading whether to read it, too
    List<String> faults(boolean reading) {
        Request slash = right.to(right.target() + "/");
        expect(404, "a slash at the end", slash);
        expect(404, "a slash at the end, without a token", slash.without("Authorization"));
        if (!operation.reads() || !reading) return faults;
        Answer got = valid.send(right);
        if (got.status() != 200) return faults;
        head(got);
        if (operation.answersStream() || got.header("cache-control").contains("no-store")) return faults;
        if (OpenApi.isJson(got)) conditions(got.header("etag"));
        return faults;
    }

    private void head(Answer got) {
        Answer head = valid.send(new Request("HEAD", right.target(), right.headers(), ""));
        boolean same = head.status() == 200
                && head.body().isEmpty()
                && head.header("etag").equals(got.header("etag"))
                && head.header("content-type").equals(got.header("content-type"));
        if (!same) faults.add("HEAD must answer as GET does <- " + right.target() + " -> " + head + head.headers());
    }

    private void conditions(String etag) {
        if (!etag.matches("\"[^\"]+\"")) {
            faults.add("must have a strong ETag <- " + right.target());
            return;
        }
        String weak = "W/" + etag;
        Map<Integer, List<String>> conditions = new LinkedHashMap<>();
        conditions.put(
                304,
                List.of(
                        NONE_MATCHES + "*",
                        NONE_MATCHES + etag,
                        NONE_MATCHES + weak,
                        NONE_MATCHES + OTHER + ", " + etag,
                        NONE_MATCHES + OTHER + "," + weak + ",",
                        NONE_MATCHES + " , " + etag));
        conditions.put(
                200,
                List.of(
                        NONE_MATCHES + OTHER,
                        NONE_MATCHES + "W/" + OTHER + ", " + OTHER,
                        MATCHES + "*",
                        MATCHES + etag,
                        MATCHES + OTHER + ", " + etag,
                        MATCHES + weak + "," + etag));
        conditions.put(412, List.of(MATCHES + OTHER, MATCHES + weak, MATCHES + OTHER + ", " + weak));
        conditions.put(
                400,
                Stream.of(MATCHES, NONE_MATCHES)
                        .flatMap(name -> Stream.of("other", "", "\"a\" \"b\"", "*, " + etag, "w/" + etag, "\"a")
                                .map(it -> name + it))
                        .toList());
        conditions.forEach(
                (status, headers) -> Sample.of(headers, number).forEach(it -> expect(status, it, right.with(it))));
    }

    private void expect(int status, String what, Request request) {
        Answer answer = valid.send(request);
        if (answer.status() != status) faults.add("must be " + status + " <- " + what + " -> " + answer);
    }
}
