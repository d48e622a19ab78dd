package koinon.bench.row;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import koinon.demo.launched.LaunchedSystem;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What rows stand on: systems and processes of their own, a folder, and somebody to tell how far they are.
public final class BenchEnvironment implements AutoCloseable {

    /// So that no caller is slowed down by the rate limit or refused a stream, and everybody's requests go through
    /// what is compiled as it is where it serves for long.
    private static final Map<String, String> SETTINGS = Map.of(
            "KOINON_LIMITS_PER_SECOND",
            "1000000",
            "KOINON_STREAM_MOST",
            "2000",
            "KOINON_STREAM_PERCALLER",
            "2000",
            "KOINON_OPTIMISED",
            "gateway");

    /// As the services have them, but for the heap and the second compiler: what measures must not be the slow
    /// part.
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final Consumer<String> progress;
    private final String run = Long.toString(System.currentTimeMillis(), 36);
    private String database = "";
    private String databaseUri = "";
    private int jobs;
    private @Nullable LaunchedSystem shared;

    /// @param folder for all that is written
    /// @param progress receives each line of progress
    public BenchEnvironment(Path folder, Consumer<String> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// Tells how far it is.
    public void say(String sentence) {
        progress.accept(sentence);
    }

    /// The whole of Koinon with a broker and a database of its own, started for the first row that asks and shared
    /// by all that do: who needs an empty or a special one starts it by [#launch].
    public LaunchedSystem system() throws IOException, InterruptedException {
        @Nullable LaunchedSystem running = shared;
        if (running == null) {
            say("starts a Koinon of its own");
            running = launch("shared", Map.of());
            shared = running;
        }
        return running;
    }

    /// Another, empty Koinon, which whoever asked for it closes.
    ///
    /// @param name of its folder
    /// @param environment what is set beside the usual
    /// @param arguments for the launcher, after `up`
    public LaunchedSystem launch(String name, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        try (var files = Files.walk(folder(name))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
        return launchAgain(name, environment, arguments);
    }

    /// The same Koinon once more, with the data that it had when it was closed.
    public LaunchedSystem launchAgain(String name, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var all = new HashMap<>(SETTINGS);
        // On a server that others use too, its databases are its own.
        all.put(LaunchedSystem.DATABASES, "bench_" + name + "_" + run);
        all.putAll(environment);
        LaunchedSystem launched = LaunchedSystem.in(folder(name), all, arguments);
        database = database(launched);
        databaseUri = launched.databaseUri();
        return launched;
    }

    /// On which database it is measured.
    public String database() {
        return database;
    }

    private static String database(LaunchedSystem launched) {
        var said = Pattern.compile("the database is (.+)").matcher(launched.said());
        if (said.find()) return said.group(1);
        try (MongoClient client = MongoClients.create(launched.databaseUri())) {
            Document built = client.getDatabase("admin").runCommand(new Document("buildInfo", 1));
            return built.containsKey("ferretdb")
                    ? "FerretDB " + built.get("ferretdb", new Document()).getOrDefault("version", "")
                    : "MongoDB " + built.getString("version");
        }
    }

    /// A folder of this run.
    public Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /// Does a job in a process of its own and waits for it; refuses when it fails or takes too long.
    ///
    /// @param heap as `-Xmx` has it
    public <P extends Record, R> R away(
            Class<? extends Job<P, R>> job, P plan, Class<R> result, String heap, Duration atMost)
            throws IOException, InterruptedException {
        jobs++;
        Path files = folder("jobs");
        String name = jobs + "-" + job.getSimpleName();
        Path planned = files.resolve(name + ".plan.json");
        Path done = files.resolve(name + ".result.json");
        JSON.writeValue(planned, plan);
        try (Away process = serve(
                name,
                List.of("-Xmx" + heap),
                JobProcess.class,
                job.getName(),
                plan.getClass().getName(),
                planned.toString(),
                done.toString())) {
            int exitCode = process.await(atMost);
            if (exitCode != 0) throw new IOException(name + " failed: " + process.said());
        }
        return JSON.readValue(done, result);
    }

    /// Starts a main class of this module in a process of its own, which whoever asked for it closes.
    ///
    /// @param options more options of the virtual machine, the heap among them
    public Away serve(String name, List<String> options, Class<?> main, String... arguments) throws IOException {
        var all = new ArrayList<>(OPTIONS);
        all.addAll(options);
        return Away.start(folder("jobs").resolve(name + ".log"), all, main, arguments);
    }

    @Override
    public void close() {
        if (shared != null) shared.close();
        if (System.getenv().getOrDefault("KOINON_MONGODB_URI", "").isBlank() || databaseUri.isEmpty()) return;
        try (MongoClient client = MongoClients.create(databaseUri)) {
            for (String name : client.listDatabaseNames())
                if (name.startsWith("bench_") && name.contains("_" + run))
                    client.getDatabase(name).drop();
        }
    }

    /// A process of the bench beside Koinon's own; it ends when the bench does.
    public record Away(Process process, Path log) implements AutoCloseable {

        static Away start(Path log, List<String> options, Class<?> main, String... arguments) throws IOException {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    "koinon.local.process.ParentWatchdog",
                    main.getName()));
            command.addAll(List.of(arguments));
            return new Away(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        }

        /// Its exit code; refuses when it takes too long.
        int await(Duration atMost) throws IOException, InterruptedException {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                throw new IOException("It took more than " + atMost.toSeconds() + " s: " + said());
            return process.exitValue();
        }

        /// What it has printed.
        public String said() throws IOException {
            return Files.readString(log);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
