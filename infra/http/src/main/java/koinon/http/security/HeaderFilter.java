package koinon.http.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import koinon.http.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses headers that are not plain ASCII, and a repeated `Authorization`. A proxy writes other characters as
/// `?`, so that two keys would become one, and some of them cause internal errors.
final class HeaderFilter extends OncePerRequestFilter {

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
                    "invalid.header",
                    "The header %s may contain printable ASCII characters, spaces and tabs only.",
                    "header",
                    unusual.get());
        else if (values(request, HttpHeaders.AUTHORIZATION).size() > 1)
            refuse(
                    request,
                    response,
                    "invalid.authorization-repeated",
                    "The header Authorization must not be repeated.");
        else chain.doFilter(request, response);
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, String key, String text, Object... values)
            throws IOException {
        Problem.write(request, response, Problem.of(HttpStatus.BAD_REQUEST, key, text, values));
    }
}
