package koinon.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

class TokensTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final RegisteredClient CLIENT = RegisteredClient.withId("c")
            .clientId("c")
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .redirectUri("http://127.0.0.1/")
            .build();

    private final Tokens tokens = new Tokens(Clock.fixed(NOW, ZoneOffset.UTC));

    private static OAuth2Authorization login(String code, Instant expires) {
        return login(code, AuthorizationGrantType.AUTHORIZATION_CODE)
                .token(new OAuth2AuthorizationCode(code, expires.minusSeconds(60), expires))
                .build();
    }

    private static OAuth2Authorization.Builder login(String id, AuthorizationGrantType by) {
        return OAuth2Authorization.withRegisteredClient(CLIENT)
                .id(id)
                .principalName("p")
                .authorizationGrantType(by);
    }

    @Test
    void a_login_is_found_by_its_code_and_by_its_refresh_token_until_it_is_removed() {
        OAuth2Authorization begun = login("code", NOW.plusSeconds(60));
        tokens.save(begun);
        assertThat(tokens.findByToken("code", null)).isEqualTo(begun);
        OAuth2Authorization ended = OAuth2Authorization.from(begun)
                .refreshToken(new OAuth2RefreshToken("refresh", NOW, NOW.plus(Duration.ofHours(24))))
                .build();
        tokens.save(ended);
        assertThat(tokens.findByToken("refresh", null)).isEqualTo(ended);
        assertThat(tokens.findById("code")).isEqualTo(ended);
        tokens.remove(ended);
        assertThat(tokens.findByToken("refresh", null)).isNull();
    }

    @Test
    void tokens_of_machines_are_not_kept() {
        tokens.save(login("machine", AuthorizationGrantType.CLIENT_CREDENTIALS).build());
        assertThat(tokens.findById("machine")).isNull();
    }

    @Test
    void what_has_expired_is_forgotten_with_the_next_login() {
        tokens.save(login("old", NOW.minusSeconds(1)));
        tokens.save(login("new", NOW.plusSeconds(60)));
        assertThat(tokens.findById("old")).isNull();
        assertThat(tokens.findById("new")).isNotNull();
    }

    @Test
    void of_very_many_logins_the_oldest_are_forgotten() {
        for (int i = 0; i <= 1_000; i++) tokens.save(login("login-" + i, NOW.plusSeconds(60)));
        assertThat(tokens.findById("login-0")).isNull();
        assertThat(tokens.findById("login-1")).isNotNull();
        assertThat(tokens.findById("login-1000")).isNotNull();
    }
}
