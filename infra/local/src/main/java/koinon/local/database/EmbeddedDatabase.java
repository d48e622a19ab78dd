package koinon.local.database;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// The main class of the embedded database's process: `<port> [<folder>]`; without a folder the data stays in
/// memory.
public final class EmbeddedDatabase {

    /// A write occupies the thread of its connection, and that of the connections beside it.
    private static final int CONNECTION_THREADS = 32;

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private EmbeddedDatabase() {}

    public static void main(String... arguments) throws IOException {
        var backend = arguments.length > 1
                ? DurableBackend.keepingIn(fileIn(Path.of(arguments[1])))
                : DurableBackend.keepingNothing();
        var server = new MongoServer(backend);
        var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), Integer.parseInt(arguments[0]));
        server.bind(address, 1, CONNECTION_THREADS);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "shutdown"));
    }

    private static Path fileIn(Path folder) throws IOException {
        return Files.createDirectories(folder).resolve("koinon.mv");
    }
}
