package koinon.local.database;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The embedded stand-in as a process of its own: `<port> [<folder>]`; without a folder it keeps nothing.
public final class EmbeddedDatabase {

    private EmbeddedDatabase() {}

    public static void main(String... arguments) throws IOException {
        var backend = arguments.length > 1
                ? DurableBackend.keepingIn(fileIn(Path.of(arguments[1])))
                : DurableBackend.keepingNothing();
        var server = new MongoServer(backend);
        server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "shutdown"));
    }

    private static Path fileIn(Path folder) throws IOException {
        return Files.createDirectories(folder).resolve("koinon.mv");
    }
}
