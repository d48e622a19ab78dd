package koinon.gateway.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Set;
import koinon.http.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/// Says why a login failed and leads back to its beginning: as a page to a browser, else as a problem.
@Component
final class LoginFailure implements AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LoginFailure.class);
    private static final Set<String> NOT_BEGUN_HERE =
            Set.of("authorization_request_not_found", "invalid_state_parameter");
    private static final Set<String> PROVIDER_AWAY =
            Set.of("invalid_token_response", OAuth2ErrorCodes.SERVER_ERROR, OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE);
    private static final String RETRY_AFTER_SECONDS = "2";

    private final String failed;

    LoginFailure(@Value("classpath:koinon/gateway/login/failed.html") Resource failed) throws IOException {
        this.failed = failed.getContentAsString(UTF_8);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String code = failure instanceof OAuth2AuthenticationException it
                ? it.getError().getErrorCode()
                : "";
        LOG.info("event=login.failed cause=\"{}\"", failure.toString());
        if (NOT_BEGUN_HERE.contains(code))
            answer(
                    request,
                    response,
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "login.not-begun-here",
                            "This login was not begun in this browser, or more than five minutes ago."));
        else if (PROVIDER_AWAY.contains(code)) unavailable(request, response);
        else answer(request, response, Problem.of(HttpStatus.BAD_REQUEST, "login.failed", "The login failed."));
    }

    void unavailable(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        answer(
                request,
                response,
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "login.unavailable",
                        "Nobody can log in at the moment: the identity provider or the database does not answer."));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
            throws IOException {
        String accept = String.valueOf(request.getHeader(HttpHeaders.ACCEPT));
        if (!accept.contains(MediaType.TEXT_HTML_VALUE)) {
            Problem.write(request, response, problem);
            return;
        }
        String then = request.getAttribute(LoginCookie.THEN) instanceof String it ? it : "/";
        byte[] page = failed.replace("{reason}", HtmlUtils.htmlEscape(String.valueOf(problem.getDetail())))
                .replace("{then}", URLEncoder.encode(then, UTF_8))
                .getBytes(UTF_8);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }
}
