package koinon.gateway.login;

import com.mongodb.MongoException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import koinon.gateway.session.Session;
import koinon.gateway.session.SessionCookie;
import koinon.gateway.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/// Begins the session of who has logged in. The framework hands over the tokens first, as to a repository of them.
@Component
final class LoginSuccess implements AuthenticationSuccessHandler, OAuth2AuthorizedClientRepository {

    private static final String CLIENT = LoginSuccess.class.getName();

    private final Sessions sessions;
    private final LoginFailure failure;
    private final Clock clock;

    LoginSuccess(Sessions sessions, LoginFailure failure, Clock clock) {
        this.sessions = sessions;
        this.failure = failure;
        this.clock = clock;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var user = (OidcUser) Objects.requireNonNull(authentication.getPrincipal());
        var client = (OAuth2AuthorizedClient) Objects.requireNonNull(request.getAttribute(CLIENT));
        String subject = authentication.getName();
        @Nullable String name = user.getFullName();
        try {
            String cookie = sessions.begin(subject, name == null ? subject : name, tokens(client, user));
            SessionCookie.of(request).ifPresent(sessions::endOf);
            SessionCookie.set(response, cookie);
        } catch (MongoException | DataAccessException _) {
            failure.unavailable(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader(
                HttpHeaders.LOCATION, request.getAttribute(LoginCookie.THEN) instanceof String then ? then : "/");
    }

    private Session.Tokens tokens(OAuth2AuthorizedClient client, OidcUser user) {
        var access = client.getAccessToken();
        return new Session.Tokens(
                access.getTokenValue(),
                access.getExpiresAt() == null ? clock.instant() : access.getExpiresAt(),
                client.getRefreshToken() == null
                        ? null
                        : client.getRefreshToken().getTokenValue(),
                user.getIdToken().getTokenValue());
    }

    @Override
    public void saveAuthorizedClient(
            OAuth2AuthorizedClient client,
            Authentication principal,
            HttpServletRequest request,
            HttpServletResponse response) {
        request.setAttribute(CLIENT, client);
    }

    /// None is kept.
    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as the framework declares it
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
            String registration, Authentication principal, HttpServletRequest request) {
        return null;
    }

    @Override
    public void removeAuthorizedClient(
            String registration, Authentication principal, HttpServletRequest request, HttpServletResponse response) {}
}
