package koinon.http.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import koinon.http.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/// Answers requests without a valid token with a problem and a `WWW-Authenticate` challenge.
final class AuthenticationProblemHandler
        implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        var sent = refused instanceof OAuth2AuthenticationException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, sent ? "Bearer error=\"invalid_token\"" : "Bearer");
        var problem = sent
                ? Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "token-invalid",
                        "The token is not valid: expired, from another issuer, or malformed.")
                : Problem.of(HttpStatus.UNAUTHORIZED, "token-required", "A token is required.");
        Problem.write(request, response, problem);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (!(refused instanceof AuthenticationServiceException)) {
            commence(request, response, refused);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, "2");
        Problem.write(
                request,
                response,
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "identity-away",
                        "The token cannot be verified: the identity provider does not answer."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        Problem.write(request, response, Problem.of(HttpStatus.FORBIDDEN, "forbidden", "Access denied."));
    }
}
