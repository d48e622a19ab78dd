package koinon.gateway.routing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import koinon.platform.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses a query that is none. It could not be passed on, and must not look as if the service had failed: enough of
/// them would open its breaker for everybody.
@Component
final class WellFormedQuery extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getQueryString() == null || isQuery(request.getQueryString())) {
            chain.doFilter(request, response);
            return;
        }
        Problem.write(
                request,
                response,
                Problem.of(HttpStatus.BAD_REQUEST, "invalid", "The query of this address is not well-formed."));
    }

    private static boolean isQuery(String text) {
        try {
            return new URI("/?" + text).getRawQuery() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
