package koinon.gateway.login;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/// The end of a login: the provider sends the browser back with a code, which becomes a session.
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain login(
            HttpSecurity http,
            ClientRegistration registration,
            LoginCookie logins,
            LoginSuccess success,
            LoginFailure failure) {
        return http.securityMatcher("/login/oauth2/code/**")
                .oauth2Login(
                        it -> it.clientRegistrationRepository(new InMemoryClientRegistrationRepository(registration))
                                .authorizationEndpoint(begin -> begin.authorizationRequestRepository(logins))
                                .authorizedClientRepository(success)
                                .loginPage("/login")
                                .successHandler(success)
                                .failureHandler(failure))
                .authorizeHttpRequests(it -> it.anyRequest().denyAll())
                .securityContext(it -> it.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(it -> it.contentSecurityPolicy(policy ->
                                policy.policyDirectives("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(_ -> {}))
                .build();
    }

    /// Checks ID tokens with the keys that the tokens of requests are checked with.
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(JWKSource<SecurityContext> keys) {
        return registration -> {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).build();
            decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                    new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
            return decoder;
        };
    }
}
