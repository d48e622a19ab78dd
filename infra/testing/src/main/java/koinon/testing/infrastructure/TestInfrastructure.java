package koinon.testing.infrastructure;

import com.mongodb.client.MongoClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import koinon.local.broker.Broker;
import koinon.local.database.Database;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.utility.DockerImageName;

/// The real things that tests work on: one database and one broker for all tests of a JVM, started when first asked
/// for and gone with it.
///
/// The database is the server that `KOINON_MONGODB_URI` names, else a `mongod` on the PATH, else a container where
/// a Docker engine runs, else the embedded stand-in. The broker is a container where a Docker engine runs, else a
/// process.
public final class TestInfrastructure {

    private static final String MONGODB_IMAGE =
            "mongo:8.0.32-noble@sha256:01354084d2ae665d2e79b79b0cdc50c2c0c98873618912d9a2c8c9cb5c3d24e6";
    private static final String KAFKA_IMAGE =
            "apache/kafka:4.2.2@sha256:1213eb3943d551e5ed1fca7a4e109001cee35770b66a02a0c37a8964efe09b69";

    private static final Set<String> DROPPED = ConcurrentHashMap.newKeySet();

    private static @Nullable Database database;
    private static @Nullable String bootstrap;

    private TestInfrastructure() {}

    /// The database, ready.
    public static synchronized Database database() {
        if (database == null) {
            database = Database.temporary(TestInfrastructure::containedDatabase);
            atTheEnd(database::close);
        }
        return database;
    }

    /// The broker's address, for `bootstrap.servers`; topics are not created by themselves.
    public static synchronized String bootstrap() {
        if (bootstrap == null) bootstrap = dockerRuns() ? containedBroker() : ownBroker();
        return bootstrap;
    }

    /// A name for a database of one test, which is dropped when the JVM ends.
    ///
    /// @param purpose `[a-z0-9]`, to recognise it by
    public static String ownDatabase(String purpose) {
        String name = freshDatabase(purpose);
        dropAtTheEnd(name);
        return name;
    }

    /// A name for a database that no other test has used; on a server that stays, it is dropped at the end.
    ///
    /// @param purpose `[a-z0-9]`, to recognise it by
    static String freshDatabase(String purpose) {
        String tail = purpose.length() > 24 ? purpose.substring(0, 24) : purpose;
        return "koinon_test_" + tail + "_" + Long.toString(System.nanoTime(), 36)
                + ProcessHandle.current().pid();
    }

    /// Drops a database of a test when the JVM ends, if its server outlives the tests.
    static void dropAtTheEnd(String name) {
        if (System.getenv().getOrDefault("KOINON_MONGODB_URI", "").isBlank()) return;
        if (DROPPED.add(name))
            atTheEnd(() -> {
                try (var client = MongoClients.create(database().uri())) {
                    client.getDatabase(name).drop();
                }
            });
    }

    private static String ownBroker() {
        Broker broker = Broker.temporary();
        atTheEnd(broker::close);
        return broker.bootstrap();
    }

    private static String containedBroker() {
        KafkaContainer container = kafka();
        container.start();
        atTheEnd(container::close);
        return container.getBootstrapServers();
    }

    private static Optional<Database> containedDatabase() {
        if (!dockerRuns()) return Optional.empty();
        MongoDBContainer container = mongodb();
        container.start();
        return Optional.of(Database.at(container.getConnectionString(), MONGODB_IMAGE + " in a container", container));
    }

    static KafkaContainer kafka() {
        return new KafkaContainer(pinned(KAFKA_IMAGE, "apache/kafka"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    }

    static MongoDBContainer mongodb() {
        return new MongoDBContainer(pinned(MONGODB_IMAGE, "mongo"));
    }

    /// Testcontainers takes a tag beside a digest for a part of the image's name.
    private static DockerImageName pinned(String image, String name) {
        return DockerImageName.parse(image).asCompatibleSubstituteFor(name);
    }

    // Asked cheaply first: without an engine the client's search is slow and writes a page of warnings.
    private static boolean dockerRuns() {
        boolean likely = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return likely && DockerClientFactory.instance().isDockerAvailable();
    }

    private static void atTheEnd(Runnable work) {
        Runtime.getRuntime().addShutdownHook(new Thread(work, "end of the tests"));
    }
}
