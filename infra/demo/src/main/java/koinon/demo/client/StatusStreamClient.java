package koinon.demo.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The stream of statuses, open all the time, as a dashboard has it: it keeps the newest status of every project
/// and when it came. Where it broke off, or fell silent, it goes on at the next copy of the gateway; where it cannot go
/// on and begins anew, it reads again the statuses that it keeps.
public final class StatusStreamClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final RunningKoinon.Gateways gateways;
    private final HttpClient http;
    private final Supplier<String> token;
    private final Map<String, Shown> newest = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread reader;
    private volatile boolean closed;
    private volatile long heard;
    private volatile @Nullable URI at;
    private final AtomicInteger opened = new AtomicInteger();
    private @Nullable String last;

    /// A status as it came.
    ///
    /// @param at when, [System#nanoTime]
    public record Shown(Status status, long at) {}

    StatusStreamClient(RunningKoinon.Gateways gateways, HttpClient http, Supplier<String> token) {
        this.gateways = gateways;
        this.http = http;
        this.token = token;
        this.reader = Thread.ofVirtual().name("status stream").start(this::read);
    }

    /// Waits until the stream has shown this of a project; empty when it has not in time.
    public Optional<Shown> await(String project, Predicate<Status> what, Duration atMost) {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (true) {
                @Nullable Shown shown = newest.get(project);
                if (shown != null && what.test(shown.status())) return Optional.of(shown);
                if (nanos <= 0) return Optional.empty();
                nanos = news.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// The newest status of every project that has changed since it was opened.
    public Map<String, Status> newest() {
        lock.lock();
        try {
            Map<String, Status> statuses = new HashMap<>();
            newest.forEach((project, shown) -> statuses.put(project, shown.status()));
            return statuses;
        } finally {
            lock.unlock();
        }
    }

    /// The gateway that it reads from; absent until it was opened.
    public @Nullable URI at() {
        return at;
    }

    /// How often it was opened, the first time and where it broke off.
    public int opened() {
        return opened.get();
    }

    private void read() {
        try {
            while (!closed) {
                readOnce();
                if (!closed) Thread.sleep(250);
            }
        } catch (InterruptedException _) {
            // It was closed.
        }
    }

    private void readOnce() throws InterruptedException {
        try {
            URI gateway = gateways.next();
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve("/api/v1/status/stream"))
                    .timeout(SILENCE)
                    .header("Accept", "text/event-stream")
                    .header("Authorization", "Bearer " + token.get());
            if (last != null) request.header("Last-Event-ID", last);
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                at = gateway;
                opened.incrementAndGet();
            }
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() == 200) follow(lines, response.body(), gateway);
            }
        } catch (IOException | RuntimeException _) {
            // It is away for the moment; the loop opens it again.
        }
    }

    private void follow(BufferedReader lines, InputStream stream, URI gateway)
            throws IOException, InterruptedException {
        heard = System.nanoTime();
        Thread watch = Thread.ofVirtual().start(() -> closeWhenSilent(stream));
        try {
            follow(lines, gateway);
        } finally {
            watch.interrupt();
        }
    }

    /// A copy that is frozen says nothing; one that lives says at least that it does.
    private void closeWhenSilent(InputStream stream) {
        try {
            while (System.nanoTime() - heard < SILENCE.toNanos()) Thread.sleep(500);
            stream.close();
        } catch (IOException | InterruptedException _) {
            // It is closed already.
        }
    }

    private void follow(BufferedReader lines, URI gateway) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        @Nullable String id = last;
        boolean restarted = false;
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            heard = System.nanoTime();
            if (line.startsWith("id:")) id = line.substring(3).strip();
            else if (line.equals("event: restarted")) restarted = true;
            else if (line.startsWith("data:")) text.append(line, 5, line.length());
            else if (line.isEmpty()) {
                if (restarted) readAgain(gateway);
                else if (!text.isEmpty()) show(JSON.readTree(text.toString()).path("status"));
                text.setLength(0);
                if (!restarted) last = id;
                restarted = false;
            }
        }
    }

    /// The stream tells only what changes from now on.
    private void readAgain(URI gateway) throws IOException, InterruptedException {
        for (String project : newest().keySet()) {
            var request = HttpRequest.newBuilder(gateway.resolve("/api/v1/status/projects/" + project))
                    .timeout(SILENCE)
                    .header("Authorization", "Bearer " + token.get())
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) show(JSON.readTree(response.body()));
        }
    }

    private void show(JsonNode read) {
        long at = System.nanoTime();
        Status status = new Status(read);
        lock.lock();
        try {
            newest.put(status.id(), new Shown(status, at));
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
