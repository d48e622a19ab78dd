package koinon.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;

/// Spring Authorization Server as this provider uses it: client credentials, signed tokens with subject and
/// mandates.
@Configuration(proxyBeanMethods = false)
class Provider {

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
        return new Tokens();
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
            var client = token.getRegisteredClient().getClientId();
            token.getClaims()
                    .subject(clients.subject(client))
                    .audience(List.of("koinon"))
                    .claim("mandates", clients.mandates(client));
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
    SecurityFilterChain protocol(HttpSecurity http) {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.oidc(Customizer.withDefaults());
                })
                .authorizeHttpRequests(it -> it.anyRequest().authenticated())
                .exceptionHandling(it -> it.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(2)
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
