package koinon.gateway;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.local.broker.Broker;
import koinon.local.process.Ports;
import koinon.testing.access.AccessFixture;
import koinon.testing.access.AccessMatrix;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.context.WebApplicationContext;

/// Checks who may use the endpoints of the gateway, as `infra/docs/access.md` defines it.
///
/// It has a broker of its own: the tasks of a caller come from all projects, also from those of other tests.
@Import(GatewayFixture.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Tag("parts")
class AccessMatrixTest {

    private static final int BROKER_PORT = Ports.free();
    private static final String BOOTSTRAP = "127.0.0.1:" + BROKER_PORT;

    @TempDir
    private static Path folder;

    private static @Nullable Broker broker;

    @LocalServerPort
    private int port;

    @Autowired
    private WebApplicationContext context;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        broker = Broker.start(folder, BROKER_PORT);
        GatewayFixture.createTopics(BOOTSTRAP);
        properties.add("spring.kafka.bootstrap-servers", () -> BOOTSTRAP);
        properties.add("koinon.identity.issuer", Tokens::issuer);
        GatewayFixture.database(properties);
    }

    @AfterAll
    static void end() {
        if (broker != null) broker.kill();
    }

    @TestFactory
    Stream<DynamicTest> each_line_of_the_access_table_holds() {
        return accessMatrix().access();
    }

    @TestFactory
    Stream<DynamicTest> what_is_hidden_is_answered_as_if_it_were_not_there() {
        return accessMatrix().hidden();
    }

    @TestFactory
    Stream<DynamicTest> whatever_is_sent_is_answered_as_described() {
        return accessMatrix().input();
    }

    /// A gathering in which an idea was raised.
    private static EventStories gathering(String id) {
        return EventStories.none()
                .cities()
                .happens(
                        "gathering/" + id,
                        "gathering.announced",
                        "{'kind':'forum','title':{'text':'Forum','language':'en'},'city':'vn-hanoi','arrangements':"
                                + "{'otherNames':[],'days':{'first':'2026-05-10','last':'2026-05-11','zone':'Asia/Bangkok'},"
                                + "'organisers':[],'participants':[],'sources':[]}}")
                .happens(
                        "idea/i-" + id,
                        "idea.raised",
                        "{'title':'Craft routes','text':'Workshops.','city':'th-bangkok','themes':[],'gathering':'" + id
                                + "'}");
    }

    /// An active project, a drafted proposal, and a project whose funders have no agreement.
    private AccessMatrix accessMatrix() {
        String active = "active-" + UUID.randomUUID();
        String draft = "draft-" + UUID.randomUUID();
        GatewayFixture.publish(BOOTSTRAP, EventStories.active(), active);
        GatewayFixture.publish(
                BOOTSTRAP, EventStories.none().cities().call().draft().partners(), draft);
        GatewayFixture.publish(BOOTSTRAP, EventStories.none().cities().draft().approved(), "without-funders-" + active);
        String gathering = "gathering-" + UUID.randomUUID();
        GatewayFixture.publish(BOOTSTRAP, gathering(gathering), gathering);
        Api auditor = Api.at(port).as(Tokens.person("alma").mandate("auditor", "network"));
        for (String id : new String[] {active, draft})
            await().until(() -> auditor.get("/api/v1/status/projects/" + id).status() == 200);
        await().until(() ->
                auditor.get("/api/v1/status/projects/" + active).text("/phase").equals("ACTIVE"));
        // What waits for whom depends on the last event of each.
        for (String agreement : new String[] {"/agreements/0/state", "/agreements/1/state"})
            await().until(() -> auditor.get("/api/v1/status/projects/" + active)
                    .text(agreement)
                    .equals("IN_FORCE"));
        await().until(() -> auditor.get("/api/v1/status/projects/" + draft)
                .text("/partners/1/grant/amount")
                .equals("40000.00"));
        await().until(() -> auditor.get("/api/v1/status/gatherings/" + gathering)
                .text("/ideas/0/title")
                .equals("Craft routes"));
        return AccessMatrix.of("gateway", context, new AccessFixture("vn-hanoi", "th-bangkok", "f2"))
                .where("/projects/{id}", "/projects/" + active)
                .where("/gatherings/{id}", "/gatherings/" + gathering)
                .also("while drafted", "/projects/{id}", "/projects/" + draft);
    }
}
