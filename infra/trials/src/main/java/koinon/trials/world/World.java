package koinon.trials.world;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// A running Koinon, seen from outside: its gateway, the people who work with it, and the stream of statuses.
public final class World implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(15);

    private final URI gateway;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final People people;
    private final Map<String, Person> persons = new ConcurrentHashMap<>();
    private final Live live;

    public World(URI gateway, URI issuer) {
        this.gateway = gateway;
        this.people = new People(issuer, http);
        this.live = new Live(gateway, http, () -> people.token("auditor"));
    }

    /// Where the environment says that it runs, or else at its usual address.
    public static World fromEnvironment() {
        Map<String, String> environment = System.getenv();
        return new World(
                URI.create(environment.getOrDefault("KOINON_GATEWAY", "http://127.0.0.1:8080")),
                URI.create(environment.getOrDefault("KOINON_IDENTITY_ISSUER", "http://127.0.0.1:8084")));
    }

    public URI gateway() {
        return gateway;
    }

    /// One of the demo persons, by key.
    public Person person(String key) {
        return persons.computeIfAbsent(
                key,
                it -> new Person(people.of(it).path("name").asString(), gateway, http, () -> people.token(it), null));
    }

    public Live live() {
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
