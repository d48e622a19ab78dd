package koinon.bench.outbox;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import koinon.bench.load.Latencies;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.tally.TallyLoad;
import koinon.bench.tally.TallyLoad.Kind;
import koinon.bench.tally.TallyService;
import koinon.bench.tally.TallyTopics;
import koinon.demo.launched.LaunchedSystem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The tally service as a row sees it: running, on the broker and the database of the run, with what arrives of it.
final class Tallies implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LaunchedSystem system;
    private final String name;
    private final URI uri;
    private final BenchEnvironment.Away process;
    private final Arrivals arrivals;
    private final Arrivals rawArrivals;
    private long sent;

    /// Starts it with so many tallies.
    Tallies(BenchEnvironment environment, int number) throws IOException, InterruptedException, ExecutionException {
        system = environment.system();
        name = "tallies-" + Long.toString(System.currentTimeMillis(), 36);
        int port = LaunchedSystem.freePort();
        uri = URI.create("http://127.0.0.1:" + port);
        process = start(
                environment.folder("jobs").resolve(name + ".log"),
                system.databaseUri(),
                TallyService.class.getName(),
                Integer.toString(port),
                "--spring.application.name=" + name,
                "--spring.kafka.bootstrap-servers=" + system.address("BROKER"));
        awaitListening();
        load(Kind.OPEN, 0, number, 1);
        TallyTopics.createRaw(system.address("BROKER"), name);
        arrivals = new Arrivals(system.address("BROKER"), TallyTopics.of(name));
        rawArrivals = new Arrivals(system.address("BROKER"), TallyTopics.raw(name));
        arrivals.await(number, PATIENCE);
    }

    /// Has work done and waits until it is.
    TallyLoad.Done load(Kind kind, int perSecond, int count, int events) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        JSON.writeValueAsBytes(new TallyLoad(kind, perSecond, count, events))))
                .build();
        // A connection of its own: the server closes one that was idle for half a minute.
        try (var http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) throw new IOException("The tally service failed: " + process.said());
            return JSON.readValue(answer.body(), TallyLoad.Done.class);
        }
    }

    /// Commands of so many events each, as fast as they can be: events per second until the last has arrived.
    double delivered(int count, int events) throws IOException, InterruptedException {
        long before = arrivals.events();
        long start = System.nanoTime();
        load(Kind.COMMAND, 0, count, events);
        arrivals.await(before + (long) count * events, PATIENCE);
        return count * events * 1e9 / (System.nanoTime() - start);
    }

    /// How long commands of one event took at a pace from the save until the consumer had it.
    Latencies delivery(int perSecond, int count) throws IOException, InterruptedException {
        long before = arrivals.events();
        TallyLoad.Done done = load(Kind.COMMAND, perSecond, count, 1);
        arrivals.await(before + count, PATIENCE);
        return arrivals.since(done.at());
    }

    /// The same for records that are only sent.
    Latencies rawDelivery(int perSecond, int count) throws IOException, InterruptedException {
        TallyLoad.Done done = rawSends(perSecond, count);
        return rawArrivals.since(done.at());
    }

    TallyLoad.Done rawSends(int perSecond, int count) throws IOException, InterruptedException {
        TallyLoad.Done done = load(Kind.SEND, perSecond, count, 1);
        sent += count;
        rawArrivals.await(sent, PATIENCE);
        return done;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    LaunchedSystem system() {
        return system;
    }

    /// Of all processes that take part; a database that runs elsewhere is left out.
    ProcessorTime processorTime() {
        var processes = new HashMap<>(Map.of(
                "service",
                process.process().pid(),
                "consumer",
                ProcessHandle.current().pid()));
        for (String each : List.of("broker", "database")) {
            @Nullable Long pid = system.processes().get(each);
            if (pid != null) processes.put(each, pid);
        }
        return new ProcessorTime(processes);
    }

    /// With eventing and http on its classpath, which our own has not, and with the heap and the one compiler of a
    /// service. Where the database is may name a password, so it is handed over where others do not see it.
    private static BenchEnvironment.Away start(Path log, String databaseUri, String main, String... arguments)
            throws IOException {
        Path http = LaunchedSystem.root().resolve("infra/http/target");
        String classpath = String.join(
                File.pathSeparator,
                System.getProperty("java.class.path"),
                http.resolve("classes").toString(),
                Files.readString(http.resolve("classpath")).strip());
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                classpath,
                "koinon.local.process.ParentWatchdog",
                main));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().put("SPRING_MONGODB_URI", databaseUri);
        return new BenchEnvironment.Away(process.start(), log);
    }

    private void awaitListening() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (!process.process().isAlive() || System.nanoTime() > deadline)
                throw new IOException("The tally service did not start: " + process.said());
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean listens() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            return true;
        } catch (ConnectException _) {
            return false;
        }
    }

    /// Ends it and drops what it stored, on a database that outlives the bench too.
    @Override
    public void close() {
        arrivals.close();
        rawArrivals.close();
        process.close();
        try (MongoClient client = MongoClients.create(system.databaseUri())) {
            client.getDatabase("koinon_" + name).drop();
        }
    }
}
