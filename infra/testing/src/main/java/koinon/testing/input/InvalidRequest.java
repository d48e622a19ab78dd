package koinon.testing.input;

import java.util.Set;
import koinon.testing.http.RawHttpClient;
import org.jspecify.annotations.Nullable;

/// A request with something wrong in it, or merely unusual.
///
/// @param what it is, for the person who reads the failure
/// @param statuses one of which must answer it; empty: any that is documented
/// @param pointer where a violation must be named, it or something in it; absent: nowhere in particular
record InvalidRequest(
        String what,
        RawHttpClient.Request request,
        Set<Integer> statuses,
        @Nullable String pointer) {

    /// Anything documented may answer.
    static InvalidRequest unusual(String what, RawHttpClient.Request request) {
        return new InvalidRequest(what, request, Set.of(), null);
    }

    static InvalidRequest refused(String what, RawHttpClient.Request request, Integer... statuses) {
        return new InvalidRequest(what, request, Set.of(statuses), null);
    }

    /// Refused with 400, naming where it is wrong.
    static InvalidRequest invalid(String what, RawHttpClient.Request request, String pointer) {
        return new InvalidRequest(what, request, Set.of(400), pointer);
    }
}
