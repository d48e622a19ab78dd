package koinon.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/// Checks tokens, and remembers those that were good for a minute: to check a signature costs more than most answers.
/// So a key that the provider withdraws is trusted a minute longer; an expired token is not.
final class VerifiedTokens implements JwtDecoder {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final JwtDecoder decoder;
    private final Clock clock;
    private final Cache<String, Jwt> good =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    /// @param decoder checks a token that is not remembered
    VerifiedTokens(JwtDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        return known(token).orElseGet(() -> {
            Jwt checked = decoder.decode(token);
            good.put(token, checked);
            return checked;
        });
    }

    /// What a token says that was good a moment ago and has not expired since.
    Optional<Jwt> known(String token) {
        @Nullable Jwt jwt = good.getIfPresent(token);
        return jwt != null && jwt.getExpiresAt() != null && clock.instant().isBefore(jwt.getExpiresAt())
                ? Optional.of(jwt)
                : Optional.empty();
    }
}
