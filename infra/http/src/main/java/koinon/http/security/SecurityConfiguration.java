package koinon.http.security;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import jakarta.servlet.DispatcherType;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import koinon.eventing.actor.Right;
import koinon.http.actor.ActorResolver;
import koinon.http.filter.FilterOrder;
import koinon.http.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Configures the check of tokens. Every request needs one, except health, the API description, and the reads that
/// an application lists as public. Other endpoints of the actuator are for operators.
@AutoConfiguration(
        before = {
            UserDetailsServiceAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class,
            OAuth2ResourceServerAutoConfiguration.class
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({SecurityConfiguration.Identity.class, SecurityConfiguration.Web.class})
class SecurityConfiguration {

    /// The headers that a response depends on. At the gateway a session's cookie stands for a token.
    private static final String VARY = "Authorization, Cookie, Koinon-Mandate";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    /// The issuer whose tokens are accepted.
    ///
    /// @param issuer as it stands in the tokens
    /// @param audience for whom they are issued: a provider that others use too issues tokens that are not for us
    /// @param keys where the provider's public keys are
    @ConfigurationProperties("koinon.identity")
    record Identity(String issuer, @DefaultValue("koinon") String audience, URL keys) {}

    /// @param open path patterns that may be read without a token
    /// @param publicQuestions path patterns to which a question may be posted without a token: it changes nothing
    @ConfigurationProperties("koinon.web")
    record Web(
            @Name("public") @DefaultValue List<String> open,
            @DefaultValue List<String> publicQuestions) {}

    /// Observations of each security filter cost a tenth of a command and are not used.
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    /// The Clock is resolved late, because a test may replace it.
    @Bean
    JwtActorResolver callers(Clock clock, ObjectProvider<CachingJwtDecoder> tokens) {
        return new JwtActorResolver(clock, tokens.getIfAvailable());
    }

    @Bean
    JWKSource<SecurityContext> keys(Identity identity) {
        return JwkSources.of(identity.keys());
    }

    @Bean
    @ConditionalOnMissingBean(JwtDecoder.class)
    CachingJwtDecoder tokens(Identity identity, JWKSource<SecurityContext> keys) {
        var decoder = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithms(it ->
                        it.addAll(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256)))
                .jwtProcessorCustomizer(it -> {
                    it.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
                    // Here, where the claims are still as they were sent: Spring adds an iat where there is none.
                    it.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(null, Set.of("exp", "iat")));
                })
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(SKEW),
                SecurityConfiguration::lifetime,
                new JwtIssuerValidator(identity.issuer()),
                new JwtClaimValidator<Collection<String>>("aud", it -> it != null && it.contains(identity.audience())),
                new JwtClaimValidator<>("sub", SecurityConfiguration::namesSomebody)));
        return new CachingJwtDecoder(decoder, Clock.systemUTC());
    }

    /// Tokens cannot be revoked before they expire, so their lifetime must be short.
    private static OAuth2TokenValidatorResult lifetime(Jwt token) {
        @Nullable Instant issued = token.getIssuedAt();
        @Nullable Instant end = token.getExpiresAt();
        boolean isShort = issued != null && end != null && !end.isAfter(issued.plus(LONGEST_LIFE));
        boolean isIssued = issued != null && !issued.isAfter(Instant.now().plus(SKEW));
        return isShort && isIssued
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(
                        OAuth2ErrorCodes.INVALID_TOKEN,
                        "A token must have iat, and exp at most 24 hours later.",
                        null));
    }

    /// A subject is short plain text, and is neither `anonymous` nor of the form `system:...`.
    private static boolean namesSomebody(Object subject) {
        return subject instanceof String text
                && text.matches("[!-~]{1,200}")
                && !text.startsWith("system:")
                && !text.equals(JwtActorResolver.ANONYMOUS);
    }

    /// An application may have other chains, for paths of their own, with a higher precedence.
    @Bean
    SecurityFilterChain tokenNeeded(
            HttpSecurity http,
            Web web,
            ObjectProvider<ActorResolver> callers,
            @Value("${koinon.operator:operator@network}") Right operator) {
        var refusals = new AuthenticationProblemHandler();
        return http.authorizeHttpRequests(it -> it.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/actuator/health/readiness", "/actuator/health/liveness", "/v3/api-docs/**")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .access((_, context) -> new AuthorizationDecision(
                                callers.getObject().of(context.getRequest()).holdsAny(Set.of(operator))))
                        .requestMatchers(publicReading(web))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(it -> it.jwt(_ -> {})
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals)
                        .withObjectPostProcessor(whenTheProviderIsAway(refusals)))
                .exceptionHandling(it -> it.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(it -> it.cacheControl(cache -> cache.disable()).addHeaderWriter((_, response) -> {
                    // A copy may be kept and must be asked about: that is what ETags are for.
                    if (!response.containsHeader(HttpHeaders.CACHE_CONTROL))
                        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
                    if (!response.getHeaders(HttpHeaders.VARY).contains(VARY))
                        response.addHeader(HttpHeaders.VARY, VARY);
                }))
                .build();
    }

    /// After the rate limit, which counts malformed requests too, and before anything acts on a header.
    @Bean
    FilterRegistrationBean<HeaderFilter> headers() {
        var registration = new FilterRegistrationBean<>(new HeaderFilter());
        registration.setOrder(FilterOrder.HEADERS.order());
        return registration;
    }

    /// Before anything asks for a token.
    @Bean
    FilterRegistrationBean<TrailingSlashFilter> trailingSlashes() {
        var registration = new FilterRegistrationBean<>(new TrailingSlashFilter());
        registration.setOrder(FilterOrder.HEADERS.order());
        return registration;
    }

    /// A request that the firewall rejects is 400, and an unknown method 501.
    @Bean
    RequestRejectedHandler malformed() {
        return (request, response, rejected) -> {
            boolean isKnown = METHODS.contains(request.getMethod());
            Problem.write(
                    request,
                    response,
                    isKnown
                            ? Problem.of(HttpStatus.BAD_REQUEST, "bad-request.malformed", "This request is malformed.")
                            : Problem.of(
                                    HttpStatus.NOT_IMPLEMENTED,
                                    "not-implemented.method",
                                    "This method is not implemented."));
        };
    }

    private static RequestMatcher[] publicReading(Web web) {
        return Stream.concat(
                        web.open().stream()
                                .flatMap(it ->
                                        Stream.of(pathPattern(HttpMethod.GET, it), pathPattern(HttpMethod.HEAD, it))),
                        web.publicQuestions().stream().map(it -> pathPattern(HttpMethod.POST, it)))
                .toArray(RequestMatcher[]::new);
    }

    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> whenTheProviderIsAway(
            AuthenticationProblemHandler refusals) {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler(refusals);
                return filter;
            }
        };
    }
}
