package koinon.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import koinon.demo.launched.LaunchedSystem;
import koinon.testing.infrastructure.TestInfrastructure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process as the build made it: its beans are worked out before anybody knows which database it will use.
@Tag("parts")
class NamedDatabaseTest {

    @TempDir
    private Path folder;

    @Test
    void the_database_that_the_environment_names_is_used_and_none_is_started() throws Exception {
        String uri = TestInfrastructure.database().uri();
        Map<String, String> settings = Map.of(
                "KOINON_MONGODB_URI",
                uri,
                LaunchedSystem.DATABASES,
                TestInfrastructure.ownDatabase("named"),
                "KOINON_WITHOUT",
                "projects,funding,gateway");
        try (LaunchedSystem koinon = LaunchedSystem.in(folder, settings);
                MongoClient client = MongoClients.create(uri)) {
            assertThat(koinon.processes()).containsOnlyKeys("broker", "identity", "cities", "launcher");
            await().untilAsserted(() -> assertThat(client.getDatabase(koinon.database("cities"))
                            .listCollectionNames()
                            .into(new ArrayList<>()))
                    .contains("cities"));
        }
    }
}
