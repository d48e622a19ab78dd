package koinon.http.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/// Verifies tokens and caches valid ones for a minute, because a signature check costs more than most responses. A
/// key that the provider withdraws is therefore trusted for up to a minute longer; an expired token is not.
final class CachingJwtDecoder implements JwtDecoder {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    /// The approximate size of a token in memory, in bytes: its text, its claims and a fixed part.
    private static final int PER_CHARACTER = 4;

    private static final int PER_TOKEN = 2_048;

    private final JwtDecoder decoder;
    private final Clock clock;
    private final Cache<String, Jwt> good = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((String _, Jwt token) -> weight(token))
            .expireAfterWrite(REMEMBERED)
            .build();

    /// @param decoder checks a token that is not remembered
    CachingJwtDecoder(JwtDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        return known(token).orElseGet(() -> {
            if (!isCanonical(token)) throw new BadJwtException("The token is not in its canonical form.");
            Jwt checked = decoder.decode(token);
            good.put(digest(token), checked);
            return checked;
        });
    }

    /// The claims of a cached token that has not expired.
    Optional<Jwt> known(String token) {
        @Nullable Jwt jwt = good.getIfPresent(digest(token));
        return jwt != null && jwt.getExpiresAt() != null && clock.instant().isBefore(jwt.getExpiresAt())
                ? Optional.of(jwt)
                : Optional.empty();
    }

    /// The size of the cached tokens, in bytes.
    long weight() {
        good.cleanUp();
        return good.asMap().values().stream()
                .mapToLong(CachingJwtDecoder::weight)
                .sum();
    }

    private static int weight(Jwt token) {
        return PER_TOKEN + PER_CHARACTER * token.getTokenValue().length();
    }

    /// Decoders skip characters that are not base64url and ignore the last bits, so one signature has many
    /// spellings.
    private static boolean isCanonical(String token) {
        String[] parts = token.split("\\.", -1);
        return parts.length == 3 && Arrays.stream(parts).allMatch(CachingJwtDecoder::isCanonicalPart);
    }

    private static boolean isCanonicalPart(String part) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Base64.getUrlDecoder().decode(part))
                    .equals(part);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
