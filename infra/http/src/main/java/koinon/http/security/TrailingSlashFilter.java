package koinon.http.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import koinon.http.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers 404 to an address that ends with a slash, because nothing has one. The check of tokens, which knows public
/// addresses only as they are, would ask for a token.
final class TrailingSlashFilter extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().length() < 2 || !request.getRequestURI().endsWith("/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Problem.write(
                request,
                response,
                Problem.of(
                        HttpStatus.NOT_FOUND,
                        "not-found.trailing-slash",
                        "No address ends with a slash. Ask for this one without it."));
    }
}
