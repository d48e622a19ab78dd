package koinon.gateway.routing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import koinon.http.filter.FilterOrder;
import koinon.http.problem.Problem;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;

/// Lets pages of any other site read what is public, and nothing else (CORS): not with a token or a session, and no
/// command. The headers are the same for everybody, so that no cache has to tell the callers apart.
@Component
public final class CrossOriginFilter extends HttpFilter implements Ordered {

    private static final long serialVersionUID = 1;

    private static final Pattern PUBLIC = Pattern.compile("/(api/v1|api-docs|v3/api-docs)(/.*)?");
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final String REQUEST_HEADERS =
            "Accept, Cache-Control, If-Match, If-None-Match, Last-Event-ID, traceparent";
    private static final String RESPONSE_HEADERS =
            "Content-Disposition, ETag, Koinon-As-Of, Koinon-Position-Reached, Koinon-Truncated, RateLimit,"
                    + " RateLimit-Policy, Retry-After, traceparent";
    private static final String DAY = "86400";

    @Override
    public int getOrder() {
        return FilterOrder.CROSS_ORIGIN.order();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isPublic = PUBLIC.matcher(request.getRequestURI()).matches();
        if (CorsUtils.isPreFlightRequest(request)) preflight(isPublic, request, response);
        else {
            if (isPublic && READS.contains(request.getMethod())) admit(response);
            chain.doFilter(request, response);
        }
    }

    /// Lets the page of any site read a response.
    public static void admit(HttpServletResponse response) {
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
    }

    /// A browser asks before it sends what a page of another site wants; it compares the headers by itself.
    private static void preflight(boolean isPublic, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (isPublic && READS.contains(request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD))) {
            admit(response);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else
            Problem.write(
                    request,
                    response,
                    Problem.of(
                            HttpStatus.FORBIDDEN,
                            "cross-origin",
                            "Pages of other sites may read what is public, with GET or HEAD and without a token."));
    }
}
