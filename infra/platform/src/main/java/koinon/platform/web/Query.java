package koinon.platform.web;

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
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/// Refuses a query that is none, or larger than what anybody needs. Further in it would look like a failure of ours,
/// and at the gateway like one of the service that it is passed to: enough of them would open its breaker for
/// everybody.
final class Query extends OncePerRequestFilter {

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
                        "invalid",
                        "The query of this address is not well-formed, or has more than %d parameters or %d characters."
                                .formatted(MOST_PARAMETERS, LONGEST)));
    }

    private static boolean isWellFormed(String query) {
        return query.length() <= LONGEST
                && query.chars().filter(it -> it == '&').count() < MOST_PARAMETERS
                && isQuery(query);
    }

    /// Whether it may stand in an address, each parameter has a name, and all is text without control characters when
    /// decoded.
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
