package koinon.trials.bench.gateway;

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
import koinon.trials.act.Act;
import koinon.trials.bench.row.Ground;
import koinon.trials.launched.Launched;
import koinon.trials.scene.Plot;
import koinon.trials.world.Story;
import koinon.trials.world.World;

/// The shared system with something on it: the story of the demo has been played once, so there are cities, funds,
/// calls and a project that was paid and closed.
record Stage(Launched system, Plot plot) {

    private static final Map<Launched, Plot> PLAYED = new WeakHashMap<>();

    static Stage on(Ground ground) throws IOException, InterruptedException {
        Launched system = ground.system();
        Plot played = PLAYED.get(system);
        if (played != null) return new Stage(system, played);
        ground.say("plays the demo on it, so that there is something to read");
        var plot = new Plot();
        try (World world = new World(system.gateway(), system.issuer());
                var told = new PrintStream(
                        Files.newOutputStream(ground.folder("jobs").resolve("story.txt")),
                        true,
                        StandardCharsets.UTF_8)) {
            var story = new Story(world, told, Duration.ofSeconds(60));
            for (Act act : Act.all(world, story, plot)) act.play();
            if (!story.allHeld()) throw new IOException("The demo does not hold: " + story.broken());
        }
        PLAYED.put(system, plot);
        return new Stage(system, plot);
    }

    /// Somebody who works on it.
    World world() {
        return new World(system.gateway(), system.issuer());
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

    /// The options that the virtual machine of the gateway was started with, its heap among them; not its archive of
    /// classes, which is its own.
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
    static Served serve(Ground ground, List<String> options, Class<?> main, String argument)
            throws IOException, InterruptedException {
        int port = Launched.freePort();
        var process = ground.serve(main.getSimpleName(), options, main, String.valueOf(port), argument);
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
    record Served(URI address, Ground.Away process) implements AutoCloseable {

        @Override
        public void close() {
            process.close();
        }
    }
}
