package koinon.gateway.routing;

import koinon.platform.connection.PerClient;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Bounds how many requests of one caller are under way behind one bulkhead: a quarter of it, so that no caller takes
/// all of it.
final class FairShare implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final int CALLERS = 4;

    private final PerClient callers;

    /// @param bulkhead how many requests of all callers may be under way
    FairShare(int bulkhead) {
        callers = new PerClient(Math.max(1, bulkhead / CALLERS), Integer.MAX_VALUE);
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        String caller = Limits.callerOf(request.servletRequest());
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
            super("Too many requests of this caller are under way.");
        }
    }
}
