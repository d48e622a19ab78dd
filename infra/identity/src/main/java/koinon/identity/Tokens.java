package koinon.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// Keeps the logins of persons in memory: a code until it is used or expires, then the refresh token. A restart
/// forgets them, so people log in again; their access tokens stay valid. Tokens of machines are not kept: each is
/// signed, ends by itself and is checked by whoever receives it.
final class Tokens implements OAuth2AuthorizationService {

    private static final int MOST = 1_000;

    private final Map<String, OAuth2Authorization> logins = new LinkedHashMap<>();
    private final Clock clock;

    Tokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        if (!authorization.getAuthorizationGrantType().equals(AuthorizationGrantType.AUTHORIZATION_CODE)) return;
        logins.remove(authorization.getId());
        Instant now = clock.instant();
        logins.values().removeIf(it -> isOver(it, now));
        Collection<String> oldest = List.copyOf(logins.keySet());
        oldest.stream().limit(Math.max(0, logins.size() - MOST + 1)).forEach(logins::remove);
        logins.put(authorization.getId(), authorization);
    }

    private static boolean isOver(OAuth2Authorization login, Instant now) {
        OAuth2Authorization.@Nullable Token<? extends OAuth2Token> last = login.getRefreshToken() != null
                ? login.getRefreshToken()
                : login.getToken(OAuth2AuthorizationCode.class);
        return last == null
                || last.getToken().getExpiresAt() == null
                || last.getToken().getExpiresAt().isBefore(now);
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        logins.remove(authorization.getId());
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findById(String id) {
        return logins.get(id);
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return new ArrayList<>(logins.values())
                .stream().filter(it -> it.getToken(token) != null).findFirst().orElse(null);
    }
}
