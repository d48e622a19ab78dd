package koinon.local.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import koinon.local.process.CannotStart;
import koinon.local.process.Folders;
import koinon.local.process.Java;
import koinon.local.process.ManagedProcess;
import koinon.local.process.Ports;
import org.jspecify.annotations.Nullable;

/// A document database and its origin: the server that `KOINON_MONGODB_URI` names, else a `mongod` on the PATH,
/// else one that another [Source] offers, else the embedded database. Close stops what was started for it.
public final class Database implements AutoCloseable {

    /// Another origin of a database, asked before the embedded one: a container, for example.
    @FunctionalInterface
    public interface Source {
        Optional<Database> offer();
    }

    static final String HEAP = "192m";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String uri;
    private final String origin;
    private final AutoCloseable owner;
    private final @Nullable ManagedProcess process;

    private Database(String uri, String origin, AutoCloseable owner, @Nullable ManagedProcess process) {
        this.uri = uri;
        this.origin = origin;
        this.owner = owner;
        this.process = process;
    }

    /// A database that is already running.
    ///
    /// @param origin description of the database: `MongoDB 8.0 in a container`
    /// @param owner closed together with it
    public static Database at(String uri, String origin, AutoCloseable owner) {
        return new Database(uri, origin, owner, null);
    }

    /// The database that stores its data in a folder; a process that was started for it may not listen yet.
    ///
    /// @param port where it listens if it must be started
    public static Database choose(Path folder, int port, Path log) {
        return choose(System.getenv(), folder, port, log);
    }

    /// A database for tests, ready; close deletes what was started for it, but not the data of a named server.
    public static Database temporary(Source... others) {
        Path folder = Folders.temporary("koinon-database");
        Database chosen = choose(System.getenv(), null, Ports.free(), folder.resolve("database.log"), others);
        AutoCloseable owner = () -> {
            chosen.close();
            Folders.delete(folder);
        };
        return new Database(chosen.uri, chosen.origin, owner, chosen.process).awaitReady();
    }

    static Database choose(
            Map<String, String> environment, @Nullable Path folder, int port, Path log, Source... others) {
        String named = environment.getOrDefault("KOINON_MONGODB_URI", "");
        if (!named.isBlank()) return at(named, "the server that KOINON_MONGODB_URI names", () -> {});
        Optional<Path> mongod = mongod(environment.getOrDefault("PATH", ""));
        if (mongod.isPresent())
            return mongod(mongod.get(), folder == null ? log.resolveSibling("data") : folder, port, log);
        return Stream.of(others)
                .flatMap(source -> source.offer().stream())
                .findFirst()
                .orElseGet(() -> embedded(environment.getOrDefault("KOINON_DATABASE_HEAP", HEAP), folder, port, log));
    }

    /// The embedded database; it may not listen yet.
    ///
    /// @param heap the largest heap, as in `-Xmx`; the process ends when its data needs more
    /// @param folder of its file, or null to keep the data in memory
    static Database embedded(String heap, @Nullable Path folder, int port, Path log) {
        var arguments = new ArrayList<Object>(List.of(port));
        if (folder != null) arguments.add(folder.resolve("embedded"));
        List<String> command = Java.withHeap(heap).run(EmbeddedDatabase.class, arguments.toArray());
        return started("the embedded stand-in (no MongoDB was named or found)", port, log, command);
    }

    private static Database mongod(Path mongod, Path folder, int port, Path log) {
        Path data = folder.resolve("mongod");
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new CannotStart("Cannot create the folder " + data + ": " + e.getMessage(), e);
        }
        List<String> command =
                List.of(mongod.toString(), "--dbpath", data.toString(), "--port", "" + port, "--bind_ip", "127.0.0.1");
        return started(mongod + " in a process of its own", port, log, command);
    }

    private static Database started(String origin, int port, Path log, List<String> command) {
        ManagedProcess process = ManagedProcess.start("database", port, log, command, Map.of());
        return new Database("mongodb://127.0.0.1:" + port, origin, process, process);
    }

    private static Optional<Path> mongod(String path) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "mongod"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The connection string.
    public String uri() {
        return uri;
    }

    /// Description of the database and its origin.
    public String origin() {
        return origin;
    }

    /// The process that was started for it, if any.
    public Optional<ManagedProcess> process() {
        return Optional.ofNullable(process);
    }

    /// Waits until a process that was started for it listens.
    public Database awaitReady() {
        if (process != null) process.awaitListening(PATIENCE);
        return this;
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot close " + origin, e);
        }
    }
}
