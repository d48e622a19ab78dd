package koinon.gateway.login;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.provider.ProviderSettings;
import koinon.gateway.session.Session;
import koinon.gateway.session.SessionCookie;
import koinon.gateway.session.SessionRequest;
import koinon.gateway.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/// Begins a login, and ends a session.
@Tag(name = "session")
@RestController
class LoginController {

    private final LoginCookie logins;
    private final ClientRegistration registration;
    private final OAuth2AuthorizationRequestResolver requests;
    private final Sessions sessions;
    private final ProviderSettings settings;

    LoginController(LoginCookie logins, ClientRegistration registration, Sessions sessions, ProviderSettings settings) {
        this.logins = logins;
        this.registration = registration;
        this.requests =
                new DefaultOAuth2AuthorizationRequestResolver(new InMemoryClientRegistrationRepository(registration));
        this.sessions = sessions;
        this.settings = settings;
    }

    /// @param redirect where the browser goes next to end its session at the provider too
    record LoggedOut(String redirect) {}

    /// Sends the browser to the provider. It is a page to go to, and no operation of the API.
    ///
    /// @param then the path to which the browser comes back
    @Hidden
    @GetMapping("/login")
    ResponseEntity<Void> login(
            @RequestParam(defaultValue = "/") String then, HttpServletRequest request, HttpServletResponse response) {
        String path = ReturnPath.of(then)
                .orElseThrow(() -> new ValidationFailed(
                        "then", "validation.then", "then must be a path of this server that begins with one slash."));
        OAuth2AuthorizationRequest login = OAuth2AuthorizationRequest.from(
                        Objects.requireNonNull(requests.resolve(request, registration.getRegistrationId())))
                .attributes(it -> it.put(LoginCookie.THEN, path))
                .build();
        logins.saveAuthorizationRequest(login, request, response);
        return ResponseEntity.status(HttpStatus.FOUND)
                .cacheControl(CacheControl.noStore())
                .location(URI.create(login.getAuthorizationRequestUri()))
                .build();
    }

    /// Ends the session of this browser. Without one, nothing happens.
    @Operation(
            summary = "Log out in this browser",
            description =
                    "Ends the session at once. `redirect` is where the browser goes next: the address at which the"
                            + " provider ends its own session, and from which it sends the browser back to `/`.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LoggedOut.class)))
    @ApiResponse(responseCode = "403", ref = "#/components/responses/Refused403")
    @PostMapping("/logout")
    ResponseEntity<LoggedOut> logout(HttpServletRequest request, HttpServletResponse response) {
        Optional<Session> session = SessionRequest.sessionOf(request);
        session.ifPresent(it -> {
            sessions.end(it);
            SessionCookie.clear(response);
        });
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new LoggedOut(session.map(it -> endAtProvider(it.tokens().id(), request))
                        .orElse("/")));
    }

    private String endAtProvider(@Nullable String idToken, HttpServletRequest request) {
        if (idToken == null || settings.endSession().isEmpty()) return "/";
        String here = settings.address().isEmpty()
                ? ServletUriComponentsBuilder.fromContextPath(request).toUriString()
                : settings.address();
        return UriComponentsBuilder.fromUriString(settings.endSession())
                .queryParam("id_token_hint", idToken)
                .queryParam("post_logout_redirect_uri", "{here}")
                .encode()
                .buildAndExpand(here + "/")
                .toUriString();
    }
}
