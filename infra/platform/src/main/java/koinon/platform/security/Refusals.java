package koinon.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import koinon.platform.web.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/// Turns away who has no valid token, with a problem and the challenge that the protocol asks for.
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        var sent = refused instanceof OAuth2AuthenticationException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, sent ? "Bearer error=\"invalid_token\"" : "Bearer");
        var problem = sent
                ? Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "token-invalid",
                        "This token is not valid: expired, not from the provider we trust, or damaged.")
                : Problem.of(HttpStatus.UNAUTHORIZED, "token-required", "This needs a token.");
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
                        "The token cannot be checked: the provider of identities does not answer."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        Problem.write(request, response, Problem.of(HttpStatus.FORBIDDEN, "forbidden", "This is not open to you."));
    }
}
