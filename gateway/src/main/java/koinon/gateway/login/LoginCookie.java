package koinon.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import koinon.eventing.document.EventJson;
import koinon.gateway.provider.ProviderSettings;
import koinon.gateway.session.Seal;
import koinon.gateway.session.SessionCookie;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;

/// Keeps a login under way in a sealed cookie of the browser that began it. So any copy of the gateway can finish
/// it, and no other browser can.
@Component
final class LoginCookie implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    /// The attribute of the request that says where the browser goes after the login.
    static final String THEN = LoginCookie.class.getName() + ".then";

    private static final String NAME = "__Host-koinon-login";
    private static final String PURPOSE = "login";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Seal seal;
    private final ClientRegistration registration;
    private final ProviderSettings settings;
    private final Clock clock;

    LoginCookie(Seal seal, ClientRegistration registration, ProviderSettings settings, Clock clock) {
        this.seal = seal;
        this.registration = registration;
        this.settings = settings;
        this.clock = clock;
    }

    /// A login under way.
    ///
    /// @param nonce that the ID token must name, hashed
    /// @param verifier that proves at the provider who began the login
    /// @param redirect the address to which the provider sends the browser back
    /// @param then where the browser goes after the login
    private record Pending(String state, String nonce, String verifier, String redirect, String then, Instant until) {}

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest login, HttpServletRequest request, HttpServletResponse response) {
        if (login == null) {
            SessionCookie.add(response, NAME, "", Duration.ZERO);
            return;
        }
        var pending = new Pending(
                String.valueOf(login.getState()),
                String.valueOf(login.<String>getAttribute(OidcParameterNames.NONCE)),
                String.valueOf(login.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)),
                String.valueOf(login.getRedirectUri()),
                String.valueOf(login.<String>getAttribute(THEN)),
                clock.instant().plus(LIFE));
        SessionCookie.add(response, NAME, seal.seal(PURPOSE, EventJson.mapper().writeValueAsString(pending)), LIFE);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Optional<Pending> pending = SessionCookie.of(request, NAME)
                .flatMap(it -> seal.open(PURPOSE, it))
                .map(it -> EventJson.mapper().readValue(it, Pending.class))
                .filter(it -> clock.instant().isBefore(it.until()));
        pending.ifPresent(it -> request.setAttribute(THEN, it.then()));
        return pending.filter(it -> it.state().equals(request.getParameter(OAuth2ParameterNames.STATE)))
                .map(this::login)
                .orElse(null);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        @Nullable OAuth2AuthorizationRequest login = loadAuthorizationRequest(request);
        if (login != null) SessionCookie.add(response, NAME, "", Duration.ZERO);
        return login;
    }

    private OAuth2AuthorizationRequest login(Pending it) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(settings.authorization())
                .clientId(registration.getClientId())
                .redirectUri(it.redirect())
                .scopes(Set.copyOf(registration.getScopes()))
                .state(it.state())
                .attributes(attributes -> attributes.putAll(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID, registration.getRegistrationId(),
                        OidcParameterNames.NONCE, it.nonce(),
                        PkceParameterNames.CODE_VERIFIER, it.verifier())))
                .build();
    }
}
