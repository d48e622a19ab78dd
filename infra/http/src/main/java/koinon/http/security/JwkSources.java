package koinon.http.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The identity provider's public keys. They are fetched with the first token, refreshed in the background, and used
/// as long as the provider is not available.
final class JwkSources {

    private static final long REFRESHED_AFTER = Duration.ofMinutes(10).toMillis();
    /// A request waits for the refresh of older keys.
    private static final long LONGEST_AGE = Duration.ofHours(2).toMillis();

    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 1_000;
    private static final int MOST_BYTES = 100_000;

    private JwkSources() {}

    static JWKSource<SecurityContext> of(URL address) {
        var refreshes = Executors.newVirtualThreadPerTaskExecutor();
        return JWKSourceBuilder.create(new Limited(address))
                .cache(LONGEST_AGE, CONNECT_MILLIS + READ_MILLIS)
                .refreshAheadCache(LONGEST_AGE - REFRESHED_AFTER, null, refreshes, true, null, false)
                .rateLimited(false)
                .outageTolerantForever()
                .build();
    }

    /// Limits how often the provider is asked. Nimbus's own limit also counts failures, so that a provider that comes
    /// back is not asked at once, and it answers a forged token as if the provider were away.
    private static final class Limited extends JWKSetSourceWrapper<SecurityContext> {

        private static final Logger LOG = LoggerFactory.getLogger(JwkSources.class);

        /// A token with an unknown key may mean a new key or a forged token, which must not cause a request each time.
        private static final long BETWEEN_NANOS = Duration.ofSeconds(5).toNanos();

        private boolean known;
        private long askedNanos;
        private long failedMillis;

        Limited(URL address) {
            super(new URLBasedJWKSetSource<>(
                    address, new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES)));
        }

        /// @param now when the request began; what failed since then would fail again
        @Override
        public synchronized JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
                throws KeySourceException {
            if ((known && System.nanoTime() - askedNanos < BETWEEN_NANOS) || failedMillis > now)
                throw new JWKSetUnavailableException("The provider was asked a moment ago.");
            askedNanos = System.nanoTime();
            try {
                JWKSet keys = getSource().getJWKSet(evaluator, now, context);
                known = true;
                return keys;
            } catch (JWKSetUnavailableException e) {
                failedMillis = System.currentTimeMillis();
                LOG.info("event=jwks.unavailable cause=\"{}\"", e.getMessage());
                throw e;
            }
        }
    }
}
