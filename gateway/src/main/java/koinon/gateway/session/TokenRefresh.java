package koinon.gateway.session;

import com.mongodb.MongoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;

/// Replaces the tokens of a session before the access token expires. A refresh token is good once, so one request
/// of all copies of the gateway uses it: the one that raises the version of the session. The others use the old
/// access token while it is valid, and then wait for the new one.
@Component
final class TokenRefresh {

    private static final Logger LOG = LoggerFactory.getLogger(TokenRefresh.class);
    private static final Duration BEFORE_ITS_END = Duration.ofSeconds(60);
    /// Longer than the provider may take to answer.
    private static final Duration CLAIM = Duration.ofSeconds(5);
    private static final long PATIENCE_NANOS = Duration.ofMillis(1500).toNanos();
    private static final long PAUSE_MILLIS = 50;
    /// How long a provider that did not answer is not asked again, so that not every request waits for it.
    private static final long LEFT_ALONE_NANOS = Duration.ofSeconds(1).toNanos();

    private final SessionRepository repository;
    private final Sessions sessions;
    private final ClientRegistration registration;
    private final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> provider;
    private final Clock clock;
    private volatile @Nullable Long failedNanos;

    /// The provider does not answer, or not in time, and there is no valid token.
    static final class ProviderAway extends Exception {
        private static final long serialVersionUID = 1;

        private ProviderAway(String why) {
            super(why, null, false, false);
        }
    }

    TokenRefresh(
            SessionRepository repository,
            Sessions sessions,
            ClientRegistration registration,
            OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> provider,
            Clock clock) {
        this.repository = repository;
        this.sessions = sessions;
        this.registration = registration;
        this.provider = provider;
        this.clock = clock;
    }

    /// The session with a valid access token; empty if the provider has ended it.
    Optional<Session> valid(Session session) throws ProviderAway {
        Optional<Session> current = Optional.of(session);
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (current.isPresent() && isDue(current.get())) {
                Session it = current.get();
                @Nullable String refreshToken = it.tokens().refresh();
                if (refreshToken == null) return isValid(it) ? current : ended(it);
                if (isLeftAlone()) return old(it, "The provider did not answer a moment ago.");
                boolean isClaimed = it.claimedUntil() != null && clock.instant().isBefore(it.claimedUntil());
                Session mine = it.claimed(clock.instant().plus(CLAIM));
                if (!isClaimed && repository.replace(mine)) return refresh(mine, refreshToken);
                // Another request refreshes the tokens.
                if (isValid(it)) return current;
                if (System.nanoTime() > end) throw new ProviderAway("Another request does not get a token in time.");
                if (isClaimed) pause();
                current = repository.find(it.id());
                current.ifPresent(sessions::keep);
            }
            return current;
        } catch (MongoException | DataAccessException e) {
            return old(session, e.toString());
        }
    }

    private boolean isLeftAlone() {
        @Nullable Long failed = failedNanos;
        return failed != null && System.nanoTime() - failed < LEFT_ALONE_NANOS;
    }

    private Optional<Session> refresh(Session mine, String refreshToken) throws ProviderAway {
        var access = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER,
                mine.tokens().access(),
                Instant.EPOCH,
                mine.tokens().expires());
        try {
            OAuth2AccessTokenResponse answer = provider.getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                    registration, access, new OAuth2RefreshToken(refreshToken, null)));
            Session next = mine.with(tokens(answer, mine.tokens()));
            // It ended meanwhile, or this took longer than the claim.
            if (!repository.replace(next)) return repository.find(mine.id());
            sessions.keep(next);
            return Optional.of(next);
        } catch (OAuth2AuthorizationException e) {
            if (e.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_GRANT)) return ended(mine);
            Session released = mine.claimed(null);
            if (repository.replace(released)) sessions.keep(released);
            failedNanos = System.nanoTime();
            LOG.warn("event=session.not-refreshed cause=\"{}\"", e.toString());
            return old(released, e.toString());
        }
    }

    private Session.Tokens tokens(OAuth2AccessTokenResponse answer, Session.Tokens before) {
        OAuth2AccessToken access = answer.getAccessToken();
        @Nullable OAuth2RefreshToken refresh = answer.getRefreshToken();
        Object id = answer.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN);
        return new Session.Tokens(
                access.getTokenValue(),
                access.getExpiresAt() == null ? clock.instant() : access.getExpiresAt(),
                refresh == null ? before.refresh() : refresh.getTokenValue(),
                id instanceof String text ? text : before.id());
    }

    private Optional<Session> ended(Session session) {
        LOG.info("event=session.ended-by-provider");
        sessions.end(session);
        return Optional.empty();
    }

    private static void pause() throws ProviderAway {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ProviderAway("Interrupted.");
        }
    }

    private Optional<Session> old(Session session, String why) throws ProviderAway {
        if (isValid(session)) return Optional.of(session);
        throw new ProviderAway(why);
    }

    private boolean isDue(Session session) {
        return !clock.instant().isBefore(session.tokens().expires().minus(BEFORE_ITS_END));
    }

    private boolean isValid(Session session) {
        return clock.instant().isBefore(session.tokens().expires());
    }
}
