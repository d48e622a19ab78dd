package koinon.platform.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The provider's public keys: fetched when the first token comes, refreshed behind the requests from then on, and
/// kept for as long as the provider is away.
final class Keys implements JWKSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(Keys.class);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    /// A token signed with a key that is not known may mean a new key, or a forger who must not make us ask each
    /// time.
    private static final Duration BETWEEN_UNKNOWN = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final ReentrantLock asking = new ReentrantLock();
    private final URI address;
    private volatile @Nullable JWKSet known;
    private volatile long answeredAt;
    private volatile long askedAt;

    Keys(URI address) {
        this.address = address;
    }

    @Override
    public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context) throws KeySourceException {
        var keys = known;
        if (keys == null) keys = first();
        else if (isPast(answeredAt, FRESH)) refreshBehind();
        var fitting = wanted.select(keys);
        if (!fitting.isEmpty() || !isPast(askedAt, BETWEEN_UNKNOWN)) return fitting;
        return wanted.select(again(keys));
    }

    private JWKSet first() throws KeySourceException {
        long begin = System.nanoTime();
        try {
            if (!asking.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                throw new RemoteKeySourceException("The provider of identities is slow.", null);
            try {
                var others = known;
                return others != null ? others : ask(PATIENCE.minusNanos(System.nanoTime() - begin));
            } finally {
                asking.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RemoteKeySourceException("Interrupted.", e);
        } catch (IOException e) {
            throw new RemoteKeySourceException("The provider of identities is away.", e);
        }
    }

    private JWKSet again(JWKSet before) {
        if (!asking.tryLock()) return before;
        try {
            return ask(PATIENCE);
        } catch (IOException e) {
            LOG.info("The provider of identities is away; its keys of before go on: {}", e.getMessage());
            return before;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return before;
        } finally {
            asking.unlock();
        }
    }

    private void refreshBehind() {
        var keys = known;
        if (keys != null && isPast(askedAt, BETWEEN_UNKNOWN))
            Thread.ofVirtual().name("keys").start(() -> again(keys));
    }

    private JWKSet ask(Duration patience) throws IOException, InterruptedException {
        if (!patience.isPositive()) throw new IOException("It is slow.");
        askedAt = System.nanoTime();
        var response =
                http.send(HttpRequest.newBuilder(address).timeout(patience).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new IOException("It answered " + response.statusCode() + ".");
        try {
            var keys = JWKSet.parse(response.body());
            known = keys;
            answeredAt = System.nanoTime();
            return keys;
        } catch (ParseException e) {
            throw new IOException("It answered something else than keys.", e);
        }
    }

    private static boolean isPast(long since, Duration duration) {
        return System.nanoTime() - since > duration.toNanos();
    }
}
