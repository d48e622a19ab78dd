package koinon.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import koinon.platform.web.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses a header whose value is not plain ASCII. What a proxy passes on is written anew, other characters as `?`:
/// two keys would become one. Further in, some of them would look like a failure of ours.
final class Headers extends OncePerRequestFilter {

    private static final Pattern PLAIN = Pattern.compile("[\\t\\x20-\\x7e]*");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> unusual = Collections.list(request.getHeaderNames()).stream()
                .filter(it -> !values(request, it).stream()
                        .allMatch(value -> PLAIN.matcher(value).matches()))
                .findFirst();
        if (unusual.isPresent())
            refuse(
                    request,
                    response,
                    "The header %s takes printable ASCII characters, blanks and tabs.".formatted(unusual.get()));
        else if (values(request, HttpHeaders.AUTHORIZATION).size() > 1)
            refuse(request, response, "The header Authorization is sent once.");
        else chain.doFilter(request, response);
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String sentence)
            throws IOException {
        Problem.write(request, response, Problem.of(HttpStatus.BAD_REQUEST, "invalid", sentence));
    }
}
