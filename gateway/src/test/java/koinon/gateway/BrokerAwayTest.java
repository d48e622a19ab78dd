package koinon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import koinon.local.broker.Broker;
import koinon.local.process.Ports;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// A gateway whose broker starts late, stops and starts again.
@Tag("parts")
@Tag("restarts")
@Import(GatewayFixture.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BrokerAwayTest {

    private static final int BROKER_PORT = Ports.free();
    private static final String BOOTSTRAP = "127.0.0.1:" + BROKER_PORT;

    @TempDir
    private static Path folder;

    private static Broker broker;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        properties.add("spring.kafka.bootstrap-servers", () -> BOOTSTRAP);
        properties.add("koinon.identity.issuer", Tokens::issuer);
    }

    @AfterAll
    static void end() {
        if (broker != null) broker.kill();
    }

    private Instant asOf() {
        var asOf = Api.at(port).get("/api/v1/status/projects").header("Koinon-As-Of");
        return Instant.parse(asOf.replaceAll(".*koinon.projects=([^,]*).*", "$1"));
    }

    @Test
    void statuses_come_with_the_broker_stay_while_it_is_away_and_go_on_when_it_is_back() {
        Api anyone = Api.at(port);
        assertThat(anyone.get("/api/v1/status/projects").status()).isEqualTo(503);

        broker = Broker.start(folder, BROKER_PORT);
        assertThat(anyone.get("/api/v1/status/projects").status())
                .as("the topics are not there yet")
                .isEqualTo(503);
        GatewayFixture.createTopics(BOOTSTRAP);
        GatewayFixture.publish(BOOTSTRAP, EventStories.active(), "p1");
        String path = "/api/v1/status/projects/p1";
        await().until(() -> anyone.get(path).text("/phase").equals("ACTIVE"));

        broker.kill();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        var away = anyone.get(path);
        assertThat(away.status()).isEqualTo(200);
        Instant then = asOf();
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(asOf()).as("it gets older and says so").isEqualTo(then);

        broker = Broker.start(folder, BROKER_PORT);
        await().until(() -> asOf().isAfter(then));
        GatewayFixture.publish(BOOTSTRAP, EventStories.active().project("suspended"), "p1");
        await().until(() -> anyone.get(path).text("/phase").equals("SUSPENDED"));
    }
}
