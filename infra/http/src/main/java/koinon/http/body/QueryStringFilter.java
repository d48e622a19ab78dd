package koinon.http.body;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import koinon.http.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/// Refuses a malformed or oversized query string. Otherwise it would cause an internal error, or, at the gateway,
/// look like a failure of the service: enough of them would open its circuit breaker for all callers.
final class QueryStringFilter extends OncePerRequestFilter {

    private static final int LONGEST = 8000;
    private static final int MOST_PARAMETERS = 50;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var query = request.getQueryString();
        if (query == null || isWellFormed(query)) {
            chain.doFilter(request, response);
            return;
        }
        Problem.write(
                request,
                response,
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid.query",
                        "The query of this address is not well-formed, or has more than %s parameters or %s characters.",
                        "parameters",
                        MOST_PARAMETERS,
                        "characters",
                        LONGEST));
    }

    private static boolean isWellFormed(String query) {
        return query.length() <= LONGEST
                && query.chars().filter(it -> it == '&').count() < MOST_PARAMETERS
                && isQuery(query);
    }

    /// Whether it is valid in a URI, each parameter has a name, and the decoded text has no control characters.
    private static boolean isQuery(String query) {
        try {
            if (new URI("/?" + query).getRawQuery() == null) return false;
            if (Arrays.stream(query.split("&")).anyMatch(it -> it.startsWith("="))) return false;
            var bytes = UriUtils.decode(query, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.chars().noneMatch(Character::isISOControl);
        } catch (URISyntaxException | IllegalArgumentException | CharacterCodingException _) {
            return false;
        }
    }
}
