package koinon.gateway.provider;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.web.client.RestClient;

/// The gateway as a client of the provider. Its addresses are settings, so that it starts while the provider is
/// away.
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

    /// Names the client in the path to which the provider sends a browser back.
    private static final String REGISTRATION = "koinon";

    /// Together less than the two seconds within which a request is answered.
    private static final Duration CONNECT = Duration.ofMillis(500);

    private static final Duration ANSWER = Duration.ofMillis(1200);

    /// Requests of each kind that may wait for the provider at a time: each occupies a thread.
    private static final int MOST_WAITING = 32;

    @Bean
    ClientRegistration registration(
            ProviderSettings settings,
            @Value("${koinon.identity.issuer}") String issuer,
            @Value("${koinon.identity.keys}") String keys) {
        String base = settings.address().isEmpty() ? "{baseUrl}" : settings.address();
        return ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(base + "/login/oauth2/code/{registrationId}")
                .scope(OidcScopes.OPENID)
                .authorizationUri(settings.authorization())
                .tokenUri(settings.token())
                .jwkSetUri(keys)
                .issuerUri(issuer)
                .userNameAttributeName("sub")
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .build();
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codes() {
        var client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(inTime());
        return bounded(client);
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshes() {
        var client = new RestClientRefreshTokenTokenResponseClient();
        client.setRestClient(inTime());
        return bounded(client);
    }

    private static <T extends AbstractOAuth2AuthorizationGrantRequest> OAuth2AccessTokenResponseClient<T> bounded(
            OAuth2AccessTokenResponseClient<T> client) {
        var places = new Semaphore(MOST_WAITING);
        return request -> {
            if (!places.tryAcquire())
                throw new OAuth2AuthorizationException(new OAuth2Error(OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE));
            try {
                return client.getTokenResponse(request);
            } finally {
                places.release();
            }
        };
    }

    /// As Spring Security makes it, with bounds.
    private static RestClient inTime() {
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build());
        requests.setReadTimeout(ANSWER);
        return RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(it -> it.addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }
}
