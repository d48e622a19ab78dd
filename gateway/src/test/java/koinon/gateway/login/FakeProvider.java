package koinon.gateway.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import koinon.testing.http.Tokens;

/// A provider that logs in one person without asking: it checks what a provider checks, and can be slow or fail.
/// The real one is tested where it is.
final class FakeProvider implements AutoCloseable {

    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, Tokens.Person> refreshTokens = new ConcurrentHashMap<>();
    private final HttpServer server;

    /// How often a refresh token was asked for.
    final AtomicInteger refreshes = new AtomicInteger();

    volatile Tokens.Person person = Tokens.person("anna");
    volatile Duration tokenLife = Duration.ofHours(1);
    volatile Duration delay = Duration.ZERO;
    volatile int failure;

    FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        server.createContext("/oauth2/authorize", this::authorize);
        server.createContext("/oauth2/token", this::token);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Forgets all logins, as the provider of one machine does when it starts again.
    void forget() {
        refreshTokens.clear();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        boolean isRefresh = "refresh_token".equals(asked.get("grant_type"));
        if (isRefresh) refreshes.incrementAndGet();
        try {
            Thread.sleep(delay);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (failure != 0) {
            answer(exchange, failure, "{\"error\":\"server_error\"}");
            return;
        }
        if (isRefresh) {
            Tokens.Person known = refreshTokens.remove(asked.get("refresh_token"));
            if (known == null) answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            else answer(exchange, 200, tokens(known, ""));
            return;
        }
        Map<String, String> begun = codes.remove(String.valueOf(asked.get("code")));
        boolean isHers = begun != null
                && begun.get("redirect_uri").equals(asked.get("redirect_uri"))
                && "S256".equals(begun.get("code_challenge_method"))
                && begun.get("code_challenge").equals(challenge(asked.get("code_verifier")));
        if (isHers) answer(exchange, 200, tokens(person, begun.get("nonce")));
        else answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
    }

    private String tokens(Tokens.Person whom, String nonce) {
        long now = Instant.now().getEpochSecond();
        String idToken = Tokens.signed(
                "{\"iss\":\"%s\",\"aud\":\"koinon-web\",\"sub\":\"%s\",\"name\":\"%s\",\"nonce\":\"%s\",\"iat\":%d,\"exp\":%d}"
                        .formatted(Tokens.issuer(), whom.subject(), whom.name() + " Name", nonce, now, now + 300));
        String refresh = UUID.randomUUID().toString();
        refreshTokens.put(refresh, whom);
        return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d,\"refresh_token\":\"%s\",\"id_token\":\"%s\"}"
                .formatted(whom.token(), tokenLife.toSeconds(), refresh, idToken);
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(it -> it.split("=", 2))
                .collect(Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
