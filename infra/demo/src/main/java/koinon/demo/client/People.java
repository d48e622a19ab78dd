package koinon.demo.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demo persons, each able to prove at the identity provider who they are.
final class People {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI issuer;
    private final HttpClient http;
    private final Map<String, JsonNode> known = new HashMap<>();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String text, long until) {}

    People(URI issuer, HttpClient http) {
        this.issuer = issuer;
        this.http = http;
        for (JsonNode person : ask(HttpRequest.newBuilder(URI.create(issuer + "/demo-persons"))))
            known.put(person.path("key").asString(), person);
    }

    /// A person, as the identity provider lists them.
    JsonNode of(String key) {
        @Nullable JsonNode person = known.get(key);
        if (person == null) throw new Unexpected("Nobody is called " + key + " at " + issuer + ".");
        return person;
    }

    /// A token that still holds for a while.
    String token(String key) {
        return tokens.compute(
                        key,
                        (_, had) -> had != null && had.until() - System.nanoTime() > 30_000_000_000L ? had : fetch(key))
                .text();
    }

    private Token fetch(String key) {
        JsonNode person = of(key);
        String secret =
                person.path("clientId").asString() + ":" + person.path("secret").asString();
        JsonNode answer = ask(HttpRequest.newBuilder(URI.create(issuer + "/oauth2/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
        return new Token(
                answer.path("access_token").asString(),
                System.nanoTime() + answer.path("expires_in").asLong() * 1_000_000_000L);
    }

    private JsonNode ask(HttpRequest.Builder request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var response = http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofByteArray());
                if (response.statusCode() == 200) return JSON.readTree(response.body());
                throw new Unexpected(response.uri() + " answered " + response.statusCode() + ".");
            } catch (IOException e) {
                if (System.nanoTime() > deadline) throw new Unexpected(issuer + " does not answer: " + e);
                RunningKoinon.pause(Duration.ofMillis(200));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unexpected("Interrupted");
            }
        }
    }
}
