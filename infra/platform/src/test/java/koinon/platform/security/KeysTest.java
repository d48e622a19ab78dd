package koinon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final RSAKey KEY = newKey();
    private final AtomicInteger asked = new AtomicInteger();
    private int port;
    private HttpServer provider;
    private Keys keys;

    @BeforeEach
    void prepare() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        keys = new Keys(URI.create("http://127.0.0.1:" + port + "/keys"));
    }

    @AfterEach
    void stop() {
        if (provider != null) provider.stop(0);
    }

    @Test
    void a_provider_that_is_away_at_first_is_asked_again_with_the_next_token() throws Exception {
        assertThatThrownBy(() -> keys.get(key("one"), null)).isInstanceOf(KeySourceException.class);

        start("one");

        assertThat(keys.get(key("one"), null)).hasSize(1);
    }

    @Test
    void keys_once_fetched_serve_while_the_provider_is_away() throws Exception {
        start("one");
        assertThat(keys.get(key("one"), null)).hasSize(1);

        provider.stop(0);

        assertThat(keys.get(key("one"), null)).hasSize(1);
        assertThat(keys.get(key("forged"), null)).isEmpty();
    }

    @Test
    void many_tokens_under_unknown_keys_do_not_make_us_ask_each_time() throws Exception {
        start("one");
        for (var i = 0; i < 100; i++)
            assertThat(keys.get(key("forged-" + i), null)).isEmpty();

        assertThat(asked).hasValue(1);
    }

    @Test
    void a_provider_that_does_not_answer_costs_less_than_two_seconds() throws Exception {
        try (var silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            assertThat(silent.isBound()).isTrue();
            var before = System.nanoTime();
            assertThatThrownBy(() -> keys.get(key("one"), null)).isInstanceOf(KeySourceException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private void start(String id) throws Exception {
        var published = new JWKSet(new RSAKey.Builder(KEY).keyID(id).build())
                .toString(true)
                .getBytes(StandardCharsets.UTF_8);
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        provider.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        provider.start();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWKSelector key(String id) {
        return new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
    }
}
