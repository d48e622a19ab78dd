package koinon.testing.doors;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request with something wrong in it, or merely unusual.
///
/// @param what it is, for the person who reads the failure
/// @param statuses one of which must answer it; empty: any that is documented
/// @param pointer where a violation must be named, it or something in it; absent: nowhere in particular
record Wrong(
        String what,
        Wire.Request request,
        Set<Integer> statuses,
        @Nullable String pointer) {

    /// Anything documented may answer.
    static Wrong unusual(String what, Wire.Request request) {
        return new Wrong(what, request, Set.of(), null);
    }

    static Wrong refused(String what, Wire.Request request, Integer... statuses) {
        return new Wrong(what, request, Set.of(statuses), null);
    }

    /// Refused with 400, naming where it is wrong.
    static Wrong invalid(String what, Wire.Request request, String pointer) {
        return new Wrong(what, request, Set.of(400), pointer);
    }
}
