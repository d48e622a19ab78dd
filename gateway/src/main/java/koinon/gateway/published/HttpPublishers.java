package koinon.gateway.published;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import koinon.eventing.document.EventJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks the services over HTTP (`GET /operations/published`); the first replica that answers is used.
final class HttpPublishers implements Publishers {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration WHOLE_ANSWER = Duration.ofMinutes(2);
    private static final Duration BEFORE_ITS_END = Duration.ofSeconds(60);
    private static final int AT_ONCE = 100;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final Map<String, List<URI>> services;
    private final PublisherSettings settings;
    private final Clock clock;
    private @Nullable Token token;

    private record Token(String text, Instant until) {}

    HttpPublishers(Map<String, List<URI>> services, PublisherSettings settings, Clock clock) {
        this.services = new TreeMap<>(services);
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(services.keySet());
    }

    @Override
    public void all(String service, Consumer<PublishedAggregate> each) throws Unavailable {
        ask(service, "", each);
    }

    @Override
    public void some(String service, Collection<String> ids, Consumer<PublishedAggregate> each) throws Unavailable {
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += AT_ONCE)
            ask(
                    service,
                    "?subjects="
                            + URLEncoder.encode(
                                    String.join(",", all.subList(from, Math.min(all.size(), from + AT_ONCE))), UTF_8),
                    each);
    }

    private void ask(String service, String query, Consumer<PublishedAggregate> each) throws Unavailable {
        String bearer = "Bearer " + token();
        Unavailable last = new Unavailable(service + " has no address.");
        for (URI copy : services.getOrDefault(service, List.of())) {
            var asked = http.sendAsync(
                    HttpRequest.newBuilder(copy.resolve("/operations/published" + query))
                            .header("Authorization", bearer)
                            .timeout(ANSWER)
                            .build(),
                    BodyHandlers.ofString());
            try {
                HttpResponse<String> answer = asked.get(WHOLE_ANSWER.toSeconds(), TimeUnit.SECONDS);
                if (answer.statusCode() == 200) {
                    // The answer is read to its end before any of it counts: if a replica fails, the next one sends
                    // everything again.
                    List<PublishedAggregate> received = answer.body()
                            .lines()
                            .map(it -> EventJson.mapper().readValue(it, PublishedAggregate.class))
                            .toList();
                    received.forEach(each);
                    return;
                }
                last = new Unavailable(service + " answered " + answer.statusCode() + ".");
            } catch (ExecutionException e) {
                last = new Unavailable(service + " did not answer: " + describe(e.getCause()));
            } catch (JacksonException e) {
                last = new Unavailable(service + " sent an answer that cannot be read: " + describe(e));
            } catch (TimeoutException _) {
                asked.cancel(true);
                last = new Unavailable(service + " did not answer within " + WHOLE_ANSWER.toSeconds() + " s.");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new Unavailable("Interrupted.");
            }
        }
        throw last;
    }

    /// A `ConnectException` often has no message, so the name of its class is used.
    private static String describe(@Nullable Throwable e) {
        if (e == null) return "unknown cause";
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private synchronized String token() throws Unavailable {
        Token known = token;
        if (known != null && clock.instant().isBefore(known.until())) return known.text();
        if (settings.clientSecret().isEmpty())
            throw new Unavailable(
                    "The gateway has no client secret (koinon.publishers.client-secret) to ask services with.");
        String client = settings.clientId() + ":" + settings.clientSecret();
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(settings.token())
                            .header(
                                    "Authorization",
                                    "Basic " + Base64.getEncoder().encodeToString(client.getBytes(UTF_8)))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .timeout(ANSWER)
                            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200)
                throw new Unavailable("The identity provider answered " + answer.statusCode() + " to the gateway.");
            JsonNode json = EventJson.mapper().readTree(answer.body());
            Duration lifetime = Duration.ofSeconds(json.path("expires_in").asLong(0));
            Token next = new Token(
                    json.path("access_token").asString(""),
                    clock.instant().plus(lifetime).minus(BEFORE_ITS_END));
            token = next;
            return next.text();
        } catch (IOException | JacksonException e) {
            throw new Unavailable("The identity provider did not answer: " + describe(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Interrupted.");
        }
    }
}
