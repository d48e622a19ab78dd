package koinon.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Spring Authorization Server as this provider uses it: client credentials, and codes with refresh tokens for
/// persons who log in at the gateway; signed tokens with subject and mandates.
@Configuration(proxyBeanMethods = false)
class Provider {

    private static final RequestMatcher AUTHORIZE =
            PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/oauth2/authorize");

    @Bean
    SecretsFolder safe(Settings settings) {
        return new SecretsFolder(settings.folder());
    }

    @Bean
    Clients clients(Settings settings, SecretsFolder safe) {
        return new Clients(settings, safe);
    }

    @Bean
    Clients.AsTheyAre secrets() {
        return new Clients.AsTheyAre();
    }

    @Bean
    OAuth2AuthorizationService tokens() {
        return new Tokens(Clock.systemUTC());
    }

    @Bean
    JWKSource<SecurityContext> keys(SecretsFolder safe) {
        return new ImmutableJWKSet<>(new JWKSet(safe.signingKey()));
    }

    @Bean
    AuthorizationServerSettings issuer(Settings settings) {
        return AuthorizationServerSettings.builder().issuer(settings.issuer()).build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> subjectAndMandates(Clients clients) {
        return token -> {
            Authentication whom = Objects.requireNonNull(token.getPrincipal());
            String key = whom.getName();
            token.getClaims().subject(clients.subject(key));
            // An ID token is for the gateway, which shows the name; every service reads an access token.
            if (token.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN))
                token.getClaims().claim("name", clients.name(key));
            else token.getClaims().audience(List.of("koinon")).claim("mandates", clients.mandates(key));
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connections(Settings settings) {
        return tomcat -> {
            tomcat.setProtocol(ShortConnections.class.getName());
            tomcat.addProtocolHandlerCustomizers(
                    (ShortConnections protocol) -> protocol.bound(settings.requestTimeout()));
            tomcat.addEngineValves(new ErrorsController.Malformed());
            tomcat.addContextCustomizers(ErrorsController.Unreadable.customizer());
        };
    }

    @Bean
    @Order(1)
    SecurityFilterChain protocol(HttpSecurity http, Settings settings) {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.oidc(
                            oidc -> oidc.logoutEndpoint(end -> end.errorResponseHandler(forgottenLogins(settings))));
                })
                .authorizeHttpRequests(it -> it.anyRequest().authenticated())
                .exceptionHandling(it -> it.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), AUTHORIZE)
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), AnyRequestMatcher.INSTANCE))
                .requestCache(it -> it.requestCache(interruptedLogins()))
                .build();
    }

    /// A logout that names a login from before a restart ends the session of the browser all the same.
    private static AuthenticationFailureHandler forgottenLogins(Settings settings) {
        return (request, response, _) -> {
            @Nullable String back = request.getParameter("post_logout_redirect_uri");
            if (back == null || settings.origins().stream().noneMatch(it -> back.equals(it + "/"))) {
                response.sendError(HttpStatus.BAD_REQUEST.value());
                return;
            }
            @Nullable HttpSession session = request.getSession(false);
            if (session != null) session.invalidate();
            response.sendRedirect(back);
        };
    }

    /// Only who has to choose a person first gets a session.
    private static RequestCache interruptedLogins() {
        var cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(AUTHORIZE);
        return cache;
    }

    @Bean
    @Order(3)
    SecurityFilterChain everythingElse(HttpSecurity http) {
        return http.authorizeHttpRequests(it -> it.requestMatchers("/actuator/health/**", "/demo-persons", "/error")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(it -> it.authenticationEntryPoint((_, response, _) -> response.sendError(401)))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
