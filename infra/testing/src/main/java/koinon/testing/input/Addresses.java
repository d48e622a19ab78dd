package koinon.testing.input;

import java.util.ArrayList;
import java.util.List;
import koinon.testing.http.RawHttpClient.Answer;
import koinon.testing.http.RawHttpClient.Request;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;

/// What HTTP says of every address: the same address with a slash is none, and a read answers `HEAD`, has an ETag, and
/// compares it with the conditions of a request.
final class Addresses {

    private static final String OTHER = "\"other\"";

    private final ValidRequests valid;
    private final Operation operation;
    private final Request right;
    private final List<String> faults = new ArrayList<>();

    Addresses(ValidRequests valid, Operation operation, Request right) {
        this.valid = valid;
        this.operation = operation;
        this.right = right;
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
        for (String it : List.of("*", etag, weak, OTHER + ", " + etag, OTHER + "," + weak + ",", " , " + etag))
            expect(304, "If-None-Match: " + it, right.with("If-None-Match: " + it));
        for (String it : List.of(OTHER, "W/" + OTHER + ", " + OTHER))
            expect(200, "If-None-Match: " + it, right.with("If-None-Match: " + it));
        for (String it : List.of("*", etag, OTHER + ", " + etag, weak + "," + etag))
            expect(200, "If-Match: " + it, right.with("If-Match: " + it));
        for (String it : List.of(OTHER, weak, OTHER + ", " + weak))
            expect(412, "If-Match: " + it, right.with("If-Match: " + it));
        for (String name : List.of("If-Match: ", "If-None-Match: "))
            for (String it : List.of("other", "", "\"a\" \"b\"", "*, " + etag, "w/" + etag, "\"a"))
                expect(400, name + it, right.with(name + it));
    }

    private void expect(int status, String what, Request request) {
        Answer answer = valid.send(request);
        if (answer.status() != status) faults.add("must be " + status + " <- " + what + " -> " + answer);
    }
}
