package koinon.bench.gateway;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import koinon.bench.load.Request;
import koinon.bench.row.BenchEnvironment;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.launched.LaunchedSystem;
import koinon.demo.scenario.Scenario;
import koinon.demo.steps.City;
import koinon.demo.steps.ScenarioState;

/// The shared system with something on it: the scenarios of the demo have run once, so there are cities, funds,
/// calls and a project that was paid and closed.
public record DemoSystem(LaunchedSystem system, ScenarioState state) {

    private static final Map<LaunchedSystem, ScenarioState> PLAYED = new WeakHashMap<>();

    public static DemoSystem on(BenchEnvironment environment) throws IOException, InterruptedException {
        LaunchedSystem system = environment.system();
        ScenarioState played = PLAYED.get(system);
        if (played != null) return new DemoSystem(system, played);
        environment.say("plays the demo on it, so that there is something to read");
        var state = new ScenarioState();
        try (RunningKoinon world = new RunningKoinon(system.gateway(), system.issuer());
                var log = new PrintStream(
                        Files.newOutputStream(environment.folder("jobs").resolve("story.txt")),
                        true,
                        StandardCharsets.UTF_8)) {
            var report = new ScenarioReport(world, log, Duration.ofSeconds(60));
            for (Scenario scenario : Scenario.all(world, report, state)) scenario.play();
            if (!report.allHeld()) throw new IOException("The demo does not hold: " + report.broken());
        }
        PLAYED.put(system, state);
        return new DemoSystem(system, state);
    }

    /// Somebody who works on it.
    public RunningKoinon world() {
        return new RunningKoinon(system.gateway(), system.issuer());
    }

    /// A command that writes its number, as `~{n}~`, into the title of a draft of its own.
    public Request titleChange(RunningKoinon world) throws IOException {
        Reply drafted = world.person(City.HANOI.editor())
                .post("/proposals", Map.of("call", state.jointCall, "lead", City.HANOI.id(), "title", "Bench"));
        if (!drafted.isFine()) throw new IOException("A proposal could not be drafted: " + drafted.said());
        return Request.json(
                        "PUT",
                        "/api/v1/proposals/" + drafted.id() + "/summary",
                        "{\"title\": \"Bench ~{n}~\", \"summary\": \"\", \"themes\": [], \"sdgs\": []}")
                .as(world.token(City.HANOI.editor()))
                .with("If-Match", "{etag}");
    }

    /// The bytes that an address answers.
    static byte[] read(URI address, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address);
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) throw new IOException(address + " answers " + answer.statusCode());
            return answer.body();
        }
    }

    /// Whether it is answered, with the position that it asks for.
    static boolean answers(URI address, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == 200
                    && answer.headers().firstValue("Koinon-Position-Reached").equals(Optional.of("true"));
        }
    }

    /// The options that the virtual machine of the gateway was started with, its heap among them; not its archive
    /// of classes, which is its own.
    List<String> optionsOfTheGateway() throws IOException {
        long pid = Objects.requireNonNull(system.processes().get("gateway"));
        var options = new ArrayList<String>();
        for (String argument :
                Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0", -1)) {
            if (argument.equals("-cp")) break;
            boolean archive = Stream.of("Archive", "-Xlog:").anyMatch(argument::contains);
            if (argument.startsWith("-X") && !archive) options.add(argument);
        }
        return options;
    }

    /// Starts a reference on a port of its own and waits until it answers there.
    static Served serve(BenchEnvironment environment, List<String> options, Class<?> main, String argument)
            throws IOException, InterruptedException {
        int port = LaunchedSystem.freePort();
        var process = environment.serve(main.getSimpleName(), options, main, String.valueOf(port), argument);
        var address = URI.create("http://127.0.0.1:" + port);
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!listens(port)) {
            if (!process.process().isAlive() || System.nanoTime() > deadline) {
                process.close();
                throw new IOException(main.getSimpleName() + " does not answer: " + process.said());
            }
            Thread.sleep(50);
        }
        return new Served(address, process);
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /// A reference that serves until it is closed.
    record Served(URI address, BenchEnvironment.Away process) implements AutoCloseable {

        @Override
        public void close() {
            process.close();
        }
    }
}
