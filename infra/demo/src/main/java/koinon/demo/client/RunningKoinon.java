package koinon.demo.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A running Koinon, seen from outside: its gateway, the people who work with it, and the stream of statuses.
public final class RunningKoinon implements AutoCloseable {

    private static final Duration SOON = Duration.ofMinutes(5);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(40);

    private final Gateways gateways;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final People people;
    private final Map<String, Person> persons = new ConcurrentHashMap<>();
    private final StatusStreamClient live;

    /// Where to ask, each copy in its turn.
    ///
    /// @param longest after how long an attempt is given up
    record Gateways(List<URI> copies, Duration longest, RequestObserver observer, AtomicInteger asked) {

        URI next() {
            return copies.get(Math.floorMod(asked.getAndIncrement(), copies.size()));
        }
    }

    public RunningKoinon(URI gateway, URI issuer) {
        this(List.of(gateway), issuer, LONGEST_ANSWER, _ -> {});
    }

    /// @param gateways all copies, each of which is asked in its turn
    /// @param longest after how long an attempt is given up and made at another copy
    /// @param observer of every attempt
    public RunningKoinon(List<URI> gateways, URI issuer, Duration longest, RequestObserver observer) {
        this.gateways = new Gateways(gateways, longest, observer, new AtomicInteger());
        this.people = new People(issuer, http);
        this.live = new StatusStreamClient(this.gateways, http, () -> people.token("auditor"));
    }

    /// Where the environment says that it runs, or else at its usual address.
    public static RunningKoinon fromEnvironment() {
        Map<String, String> environment = System.getenv();
        return new RunningKoinon(
                URI.create(environment.getOrDefault("KOINON_GATEWAY", "http://127.0.0.1:8080")),
                URI.create(environment.getOrDefault("KOINON_IDENTITY_ISSUER", "http://127.0.0.1:8084")));
    }

    /// Its first gateway.
    public URI gateway() {
        return gateways.copies().getFirst();
    }

    /// One of the demo persons, by key.
    public Person person(String key) {
        return persons.computeIfAbsent(
                key,
                it -> new Person(people.of(it).path("name").asString(), gateways, http, () -> people.token(it), null));
    }

    /// A token of a person, for requests that are not sent by them.
    public String token(String key) {
        return people.token(key);
    }

    public StatusStreamClient live() {
        return live;
    }

    /// The status of a project as the network sees it.
    public Status status(String project) {
        Reply reply = person("auditor").get("/status/projects/" + project);
        if (!reply.isFine()) throw new Unexpected("The status of " + project + " was answered " + reply.said());
        return new Status(reply.body());
    }

    /// Asks again while a rule or a missing thing refuses it, for what it needs may still be on its way between
    /// services.
    public static Reply soon(Supplier<Reply> request) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (true) {
            Reply reply = request.get();
            boolean early = reply.status() == 409 || reply.status() == 404 || reply.status() == 400;
            if (!early || System.nanoTime() > deadline) return reply;
            pause(Duration.ofMillis(25));
        }
    }

    static void pause(Duration how) {
        try {
            Thread.sleep(how);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected("Interrupted");
        }
    }

    @Override
    public void close() {
        live.close();
        http.shutdownNow();
    }
}
