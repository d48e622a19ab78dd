package koinon.testing.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Signs tokens inside the test, and publishes the key as a provider of identities would, so that a module is
/// tested with real tokens and without the provider:
///
/// ```
/// @DynamicPropertySource
/// static void identity(DynamicPropertyRegistry properties) {
///     properties.add("KOINON_IDENTITY_ISSUER", Tokens::issuer);
/// }
/// Tokens.person("anna").mandate("city-editor", "city/vn-hanoi").bearer();
/// ```
public final class Tokens {

    private static final KeyPair OURS = keys();

    private Tokens() {}

    /// Where this provider is, for as long as the test JVM lives.
    public static String issuer() {
        return Provider.ADDRESS;
    }

    /// Somebody without a mandate as yet. The same name is always the same subject.
    public static Person person(String name) {
        return new Person(name, List.of(), Duration.ofHours(1), OURS, null, "koinon");
    }

    /// A token of our provider with whatever claims, also those that it would never write.
    ///
    /// @param claims a JSON object
    public static String signed(String claims) {
        return sign(claims, OURS);
    }

    private static String sign(String claims, KeyPair key) {
        var text = encode("{\"alg\":\"RS256\",\"kid\":\"test\",\"typ\":\"JWT\"}".getBytes(UTF_8))
                + "."
                + encode(claims.getBytes(UTF_8));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return text + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Somebody who can show tokens; each method gives another one who differs in one thing.
    public record Person(
            String name,
            List<String> mandates,
            Duration life,
            KeyPair key,
            @Nullable String issuer,
            String audience) {

        /// As events name this person.
        public String subject() {
            return UUID.nameUUIDFromBytes(("koinon/test/" + name).getBytes(UTF_8))
                    .toString();
        }

        /// With one more mandate, that holds always. Its id is `<name>-<number of the mandate>`.
        public Person mandate(String role, String scope) {
            return mandate(role, scope, null, null);
        }

        /// With one more mandate, that holds from one day to another, both included.
        public Person mandate(String role, String scope, @Nullable LocalDate from, @Nullable LocalDate until) {
            var more = new ArrayList<>(mandates);
            more.add("{\"id\":\"%s-%d\",\"role\":\"%s\",\"scope\":\"%s\"%s%s}"
                    .formatted(
                            name,
                            mandates.size() + 1,
                            role,
                            scope,
                            from == null ? "" : ",\"from\":\"" + from + "\"",
                            until == null ? "" : ",\"until\":\"" + until + "\""));
            return new Person(name, List.copyOf(more), life, key, issuer, audience);
        }

        /// With a token that was good until a while ago.
        public Person expired() {
            return new Person(name, mandates, Duration.ofHours(-1), key, issuer, audience);
        }

        /// With a token that somebody else signed.
        public Person foreign() {
            return new Person(name, mandates, life, keys(), issuer, audience);
        }

        /// With a token of another provider, though signed with our key.
        public Person from(String otherIssuer) {
            return new Person(name, mandates, life, key, otherIssuer, audience);
        }

        /// With a token that our provider issued for another application.
        public Person meantFor(String otherAudience) {
            return new Person(name, mandates, life, key, issuer, otherAudience);
        }

        public String token() {
            var now = Instant.now();
            var claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d,\"mandates\":[%s]}"
                    .formatted(
                            issuer == null ? Tokens.issuer() : issuer,
                            audience,
                            subject(),
                            now.minus(Duration.ofHours(2)).getEpochSecond(),
                            now.plus(life).getEpochSecond(),
                            String.join(",", mandates));
            return sign(claims, key);
        }

        /// The value of the header `Authorization`.
        public String bearer() {
            return "Bearer " + token();
        }
    }

    /// Started when a test first asks where it is.
    private static final class Provider {

        private static final String ADDRESS = start();

        private static String start() {
            try {
                var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                var keys = published((RSAPublicKey) OURS.getPublic()).getBytes(UTF_8);
                server.createContext("/oauth2/jwks", exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
                server.setExecutor(command -> Thread.ofVirtual().start(command));
                server.start();
                return "http://127.0.0.1:" + server.getAddress().getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String published(RSAPublicKey key) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"test\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(encode(unsigned(key.getModulus())), encode(unsigned(key.getPublicExponent())));
    }

    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
