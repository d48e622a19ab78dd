package koinon.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

class JwkSourcesTest {

    private static final RSAKey KEY = newKey();
    private final AtomicInteger asked = new AtomicInteger();
    private int port;
    private HttpServer provider;
    private JWKSource<SecurityContext> keys;

    @BeforeEach
    void prepare() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        keys = JwkSources.of(URI.create("http://127.0.0.1:" + port + "/keys").toURL());
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
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Patience.latest(Duration.ofSeconds(2)));
        }
    }

    @Test
    void callers_who_wait_for_a_provider_that_does_not_answer_share_its_failure() throws Exception {
        try (var silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(_ -> callers.submit(() -> keys.get(key("one"), null)))
                    .toList();
            for (var answer : answers) assertThatThrownBy(answer::get).hasCauseInstanceOf(KeySourceException.class);

            // Those who come after a failure ask again, on a slow machine more than one.
            assertThat(connections(silent)).isBetween(1, 10);
        }
    }

    @Test
    void no_token_is_called_invalid_while_the_provider_is_away() throws Exception {
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), new JWTClaimsSet.Builder().build());
        token.sign(new RSASSASigner(KEY));
        var decoder = NimbusJwtDecoder.withJwkSource(keys).build();

        assertThatThrownBy(() -> decoder.decode(token.serialize()))
                .isInstanceOf(JwtException.class)
                .isNotInstanceOf(BadJwtException.class);
    }

    private static int connections(ServerSocket server) throws IOException {
        server.setSoTimeout(100);
        for (int number = 0; ; number++) {
            try {
                server.accept().close();
            } catch (SocketTimeoutException _) {
                return number;
            }
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
