package koinon.trials.world;

import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The stream of statuses, open all the time, as a dashboard has it: it keeps the newest status of every project and
/// when
/// it
/// came, and where it broke off it goes on.
public final class Live implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI address;
    private final HttpClient http;
    private final Supplier<String> token;
    private final Map<String, Shown> newest = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread reader;
    private volatile boolean closed;
    private @Nullable String last;

    /// A status as it came.
    ///
    /// @param at when, [System#nanoTime]
    public record Shown(Status status, long at) {}

    Live(URI gateway, HttpClient http, Supplier<String> token) {
        this.address = gateway.resolve("/api/v1/status/stream");
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

    private void read() {
        while (!closed) {
            try {
                HttpRequest.Builder request = HttpRequest.newBuilder(address)
                        .header("Accept", "text/event-stream")
                        .header("Authorization", "Bearer " + token.get());
                if (last != null) request.header("Last-Event-ID", last);
                var response = http.send(request.build(), BodyHandlers.ofInputStream());
                try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                    if (response.statusCode() == 200) follow(lines);
                }
            } catch (IOException | RuntimeException _) {
                // It is away for the moment; the loop opens it again.
            } catch (InterruptedException _) {
                return;
            }
            if (!closed) World.pause(Duration.ofMillis(250));
        }
    }

    private void follow(BufferedReader lines) throws IOException {
        StringBuilder text = new StringBuilder();
        @Nullable String id = last;
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) id = line.substring(3).strip();
            else if (line.startsWith("data:")) text.append(line, 5, line.length());
            else if (line.isEmpty()) {
                if (!text.isEmpty()) show(text.toString());
                text.setLength(0);
                last = id;
            }
        }
    }

    private void show(String text) {
        long at = System.nanoTime();
        Status status = new Status(JSON.readTree(text).path("status"));
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
