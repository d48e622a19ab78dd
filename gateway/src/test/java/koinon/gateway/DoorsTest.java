package koinon.gateway;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.testing.Api;
import koinon.testing.Tokens;
import koinon.testing.doors.Cast;
import koinon.testing.doors.Doors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Who passes which door of the gateway's own, as `infra/docs/access.md` says.
@Import(Running.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "koinon.limits.per-second=100000")
@Tag("parts")
class DoorsTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        Running.properties(properties);
        Running.database(properties);
    }

    @TestFactory
    Stream<DynamicTest> each_door_opens_to_whom_the_table_says() {
        return doors().access();
    }

    @TestFactory
    Stream<DynamicTest> what_is_hidden_is_answered_as_if_it_were_not_there() {
        return doors().hidden();
    }

    @TestFactory
    Stream<DynamicTest> whatever_is_sent_is_answered_as_described() {
        return doors().input();
    }

    /// A project that is active, and a proposal that is drafted.
    private Doors doors() {
        String active = "active-" + UUID.randomUUID();
        String draft = "draft-" + UUID.randomUUID();
        Running.publish(Happenings.active(), active);
        Running.publish(Happenings.none().cities().call().draft().partners(), draft);
        Api auditor = Api.at(port).as(Tokens.person("alma").mandate("auditor", "network"));
        for (String id : new String[] {active, draft})
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> auditor.get("/api/v1/status/projects/" + id).status() == 200);
        await().until(() ->
                auditor.get("/api/v1/status/projects/" + active).text("/phase").equals("ACTIVE"));
        return Doors.of("gateway", port, new Cast("vn-hanoi", "th-bangkok", "f2"))
                .where("/projects/{id}", "/projects/" + active)
                .also("while drafted", "/projects/{id}", "/projects/" + draft);
    }
}
