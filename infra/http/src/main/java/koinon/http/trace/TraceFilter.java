package koinon.http.trace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import koinon.eventing.trace.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/// Sets the trace of each request for log lines and as a header, which is passed on with the request.
final class TraceFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(TraceFilter.class);

    /// A request whose body is read asynchronously continues in another thread.
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String trace = Trace.of(request);
        try (var _ = Trace.logged(trace)) {
            chain.doFilter(
                    trace.equals(request.getHeader(Trace.HEADER)) ? request : new Begun(request, trace), response);
            LOG.debug(
                    "event=request.handled method={} path={} status={} position={}",
                    request.getMethod(),
                    request.getRequestURI(),
                    response.getStatus(),
                    response.getHeader("Koinon-Position"));
        }
    }

    /// A request without a valid `traceparent`.
    private static final class Begun extends HttpServletRequestWrapper {

        private final String trace;

        Begun(HttpServletRequest request, String trace) {
            super(request);
            this.trace = trace;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(Trace.HEADER) ? trace : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(Trace.HEADER)
                    ? Collections.enumeration(Collections.singleton(trace))
                    : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            var names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
            names.add(Trace.HEADER);
            return Collections.enumeration(names);
        }
    }
}
