package koinon.gateway.routing;

import koinon.http.connection.ClientCounter;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Limits the concurrent requests of one caller to a quarter of the bulkhead, so that no caller uses all of it.
final class FairShareBulkhead implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final int CALLERS = 4;

    private final ClientCounter callers;

    /// @param bulkhead the concurrent requests of all callers
    FairShareBulkhead(int bulkhead) {
        callers = new ClientCounter(Math.max(1, bulkhead / CALLERS), Integer.MAX_VALUE);
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        String caller = RateLimitFilter.callerOf(request.servletRequest());
        if (!callers.enter(caller)) throw new Exceeded();
        try {
            return next.handle(request);
        } finally {
            callers.leave(caller);
        }
    }

    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exceeded() {
            super("Too many concurrent requests of this caller.");
        }
    }
}
