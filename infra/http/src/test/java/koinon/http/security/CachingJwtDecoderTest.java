package koinon.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class CachingJwtDecoderTest {

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final AtomicInteger checked = new AtomicInteger();
    private final CachingJwtDecoder tokens = new CachingJwtDecoder(this::check, Clock.systemUTC());

    @Test
    void a_token_is_checked_once_and_then_known() {
        tokens.decode("YQ.YQ.YQ");
        tokens.decode("YQ.YQ.YQ");
        assertThat(checked).hasValue(1);
        assertThat(tokens.known("YQ.YQ.YQ")).isPresent();
        assertThat(tokens.known("YQ.YQ.YR")).isEmpty();
    }

    @Test
    void another_spelling_is_not_even_checked() {
        for (String other : new String[] {"YQ.YQ.YR", "YQ.YQ.YQ==", "YQ.YQ", "YQ.YQ.YQ.", "YQ.Y Q.YQ", "YQ.YQ.Y+Q"})
            assertThatThrownBy(() -> tokens.decode(other)).isInstanceOf(BadJwtException.class);
        assertThat(checked).hasValue(0);
    }

    @Test
    void however_many_tokens_there_are_and_however_long_they_take_no_more_memory() {
        String padding = "YWFh".repeat(3_000);
        for (int n = 10_000; n < 13_000; n++) tokens.decode("YQ." + padding + "aa" + n + "a.YQ");
        assertThat(tokens.weight()).isBetween(1L, (long) MOST_BYTES);
    }

    private Jwt check(String token) {
        checked.incrementAndGet();
        return Jwt.withTokenValue(token)
                .header("alg", "none")
                .subject("somebody")
                .expiresAt(Instant.now().plus(Duration.ofHours(1)))
                .build();
    }
}
