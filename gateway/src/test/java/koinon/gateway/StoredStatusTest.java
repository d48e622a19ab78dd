package koinon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.StoredOffsets;
import koinon.gateway.published.Publishers;
import koinon.gateway.published.TopicPublishers;
import koinon.gateway.readmodel.ProjectionType;
import koinon.gateway.store.StoredBuckets;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.TcpProxy;
import koinon.testing.infrastructure.TestInfrastructure;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// Instances of the gateway that start, stop and start again on one database.
@Tag("database")
class StoredStatusTest {

    private final String id = UUID.randomUUID().toString();
    private final Tokens.Person auditor = Tokens.person("alma").mandate("auditor", "network");
    private final List<ConfigurableApplicationContext> copies = new ArrayList<>();
    private final TopicPublishers publishers = new TopicPublishers(TestInfrastructure.bootstrap());
    private final String name = TestInfrastructure.ownDatabase("stored");
    private MongoClient client;
    private MongoDatabase database;

    @BeforeEach
    void open() {
        GatewayFixture.createTopics(TestInfrastructure.bootstrap());
        client = MongoClients.create(TestInfrastructure.database().uri());
        database = client.getDatabase(name);
    }

    @AfterEach
    void close() {
        copies.forEach(ConfigurableApplicationContext::close);
        client.close();
    }

    private ConfigurableApplicationContext copy(String mongodb) {
        return copy(mongodb, new SpringApplication(Application.class));
    }

    private ConfigurableApplicationContext copy(String mongodb, SpringApplication gateway) {
        gateway.addInitializers(it -> {
            var context = (GenericApplicationContext) it;
            context.registerBean(Publishers.class, () -> publishers);
            context.addBeanFactoryPostProcessor(_ -> withoutWarmUp(context));
        });
        var copy = gateway.run(
                "--server.port=0",
                "--spring.jmx.enabled=false",
                "--spring.mongodb.uri=" + mongodb,
                "--spring.mongodb.database=" + name,
                "--koinon.store.pause=50ms",
                "--koinon.store.look=200ms",
                "--koinon.publishers.pause=100ms",
                "--koinon.timeline.pause=50ms",
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrap(),
                "--koinon.identity.issuer=" + Tokens.issuer());
        copies.add(copy);
        await().until(() -> at(copy).get("/actuator/health/readiness").status() == 200);
        return copy;
    }

    /// The warm-up only makes the first answers fast, and takes as long as the rest of the start.
    private static void withoutWarmUp(GenericApplicationContext context) {
        context.removeBeanDefinition("warm");
        context.registerBean(
                "warm", HealthIndicator.class, () -> () -> Health.up().build());
    }

    private Api at(ConfigurableApplicationContext copy) {
        return Api.at(Integer.parseInt(copy.getEnvironment().getProperty("local.server.port", "0")))
                .as(auditor);
    }

    private String path() {
        return "/api/v1/status/projects/" + id;
    }

    /// The name of a stored collection in the present format.
    private static String collection(String kind, int number) {
        return kind + "_" + ProjectionType.VERSION + "_" + number;
    }

    private static int eventsRead(Api at) {
        return at.as(Tokens.person("olga").mandate("operator", "network"))
                .get("/actuator/health")
                .body()
                .at("/components/topics/details/events")
                .asInt(-1);
    }

    /// All that is published by now is answered from, and stored with the offsets that say so.
    private void awaitStored(ConfigurableApplicationContext copy) {
        String upTo = "project/" + id;
        await().untilAsserted(() -> {
            var sequence = stored(1).sequence(upTo);
            assertThat(sequence).isPresent();
            assertThat(at(copy).get(path() + "?atLeast=" + upTo + "/" + sequence.get())
                            .header("Koinon-Position-Reached"))
                    .isEqualTo("true");
        });
        OffsetVector published = GatewayFixture.published();
        StoredOffsets offsets = copy.getBean(StoredOffsets.class);
        for (String kind : List.of("aggregates", "timelines"))
            await().until(() -> offsets.of(collection(kind, 1)).contain(published));
    }

    private Api operator(ConfigurableApplicationContext copy) {
        return at(copy).as(Tokens.person("otto").mandate("operator", "network"));
    }

    private List<String> differences(ConfigurableApplicationContext copy) {
        var report = operator(copy).get("/operations/verification");
        assertThat(report.status()).isEqualTo(200);
        assertThat(report.body().at("/checked/aggregates").asInt()).isPositive();
        return report.body().path("differences").values().stream()
                .map(it -> it.path("subject").asString() + ": "
                        + it.path("difference").asString())
                .toList();
    }

    private StoredBuckets stored(int number) {
        return new StoredBuckets(database.getCollection(collection("aggregates", number)));
    }

    /// Sends requests continuously, and collects every failure and every answer that is older than the one before.
    private static final class Asking implements AutoCloseable {

        private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private final Thread thread;
        private volatile boolean ending;
        private int asked;

        Asking(Api at, String path) {
            thread = Thread.ofVirtual().start(() -> {
                String last = "";
                while (!ending) {
                    var reply = at.get(path);
                    if (reply.status() != 200) wrong.add(reply.status() + " " + reply.body());
                    String updated = reply.text("/updated");
                    if (updated.compareTo(last) < 0) wrong.add(updated + " after " + last);
                    last = updated;
                    asked++;
                }
            });
        }

        @Override
        public void close() {
            ending = true;
            await().until(() -> !thread.isAlive());
            assertThat(asked).isGreaterThan(50);
            assertThat(wrong).isEmpty();
        }
    }

    /// As Spring does it with the contexts of tests that others use in between.
    @Test
    void a_copy_that_was_stopped_and_started_again_reads_on() {
        var copy = copy(TestInfrastructure.database().uri());
        copy.stop();
        copy.start();

        GatewayFixture.publish(EventStories.active(), id);

        await().untilAsserted(
                () -> assertThat(at(copy).get(path()).text("/phase")).isEqualTo("ACTIVE"));
    }

    @Test
    void a_planted_difference_is_named_and_a_rebuild_corrects_it_in_every_copy_while_all_is_answered() {
        var story = EventStories.active();
        GatewayFixture.publish(story, id);
        var first = copy(TestInfrastructure.database().uri());
        awaitStored(first);
        assertThat(differences(first)).isEmpty();
        first.close();
        stored(1).tamper("project/" + id, it -> it.replace("Routes", "Rumours"));

        var second = copy(TestInfrastructure.database().uri());
        var third = copy(TestInfrastructure.database().uri());
        assertThat(at(second).get(path()).text("/title")).isEqualTo("Rumours");
        assertThat(differences(second))
                .hasSize(2)
                .allMatch(it -> it.startsWith("project/" + id) && it.contains("Rumours") && it.contains("Routes"));

        try (var _ = new Asking(at(second), path());
                var _ = new Asking(at(third), path())) {
            assertThat(operator(second).post("/operations/rebuild", "").status())
                    .isEqualTo(202);
            for (int i = 0; i < 20; i++)
                GatewayFixture.publish(
                        story.happens("project/p1", "project.partnership-signed", "{'city':'vn-hanoi'}"), id);
            await().until(() -> operator(second)
                    .get("/operations/rebuild")
                    .text("/progress/step")
                    .equals("DONE"));
            assertThat(at(second).get(path()).text("/title")).isEqualTo("Routes");
            await().until(() -> at(third).get(path()).text("/title").equals("Routes"));
            assertThat(operator(second)
                            .get("/operations/rebuild")
                            .body()
                            .at("/progress/corrected")
                            .asInt())
                    .isEqualTo(1);
        }
        assertThat(differences(second)).isEmpty();
        assertThat(differences(third)).isEmpty();

        stored(2).tamper("project/" + id, it -> it.replaceFirst("\t\\d+", "\t2"));
        assertThat(differences(third))
                .as("as from an older backup")
                .singleElement()
                .asString()
                .contains("project/" + id, "It is stored after event 2,");
        database.getCollection(collection("timelines", 2)).deleteOne(new Document("position", "project/" + id + "/3"));
        assertThat(differences(second)).anyMatch(it -> it.startsWith("project/" + id + "/3: It is not stored"));
    }

    private static String rebuilt(Api operator, String step) {
        await().until(() ->
                operator.get("/operations/rebuild").text("/progress/step").equals(step));
        return operator.get("/operations/rebuild").text("/progress/reason");
    }

    private static String asOf(Api at) {
        return at.get("/api/v1/status/projects").header("Koinon-As-Of");
    }

    @Test
    void a_rebuild_over_topics_that_lack_events_refuses_to_serve_says_what_is_missing_and_the_old_goes_on() {
        GatewayFixture.publish(EventStories.active(), id);
        var copy = copy(TestInfrastructure.database().uri());
        await().until(() -> !asOf(at(copy)).contains("unconfirmed"));
        publishers.has("proposal/" + id, 99);

        operator(copy).post("/operations/rebuild", "");
        assertThat(rebuilt(operator(copy), "FAILED"))
                .contains("Events of 1 aggregate(s) are missing, such as proposal/" + id);
        assertThat(at(copy).get(path()).text("/phase")).isEqualTo("ACTIVE");
        assertThat(database.getCollection("read_models").find().first().getLong("serving"))
                .isEqualTo(1);
    }

    @Test
    void a_rebuild_waits_for_a_publisher_that_cannot_be_asked_and_the_old_serves() {
        GatewayFixture.publish(EventStories.active(), id);
        var copy = copy(TestInfrastructure.database().uri());
        publishers.away("projects is away");
        operator(copy).post("/operations/rebuild", "");
        rebuilt(operator(copy), "CONFIRMING");
        await().until(() -> operator(copy)
                .get("/operations/rebuild")
                .text("/progress/reason")
                .equals("projects is away"));
        assertThat(at(copy).get(path()).text("/phase")).isEqualTo("ACTIVE");

        publishers.away(null);
        rebuilt(operator(copy), "DONE");
    }

    @Test
    void without_an_old_one_what_was_read_serves_as_unconfirmed_until_its_publishers_confirm_it() {
        GatewayFixture.publish(EventStories.active(), id);
        publishers.away("projects is away");
        var first = copy(TestInfrastructure.database().uri());
        assertThat(asOf(at(first))).endsWith(",unconfirmed");
        await().until(() -> operator(first)
                .get("/actuator/health")
                .body()
                .at("/components/topics/details/lacking")
                .toString()
                .contains("projects is away"));
        assertThat(operator(first).get("/actuator/health").text("/components/topics/status"))
                .isEqualTo("UNCONFIRMED");
        assertThat(operator(first).get("/actuator/health").text("/components/mongo/status"))
                .isEqualTo("UP");
        awaitStored(first);
        first.close();

        var second = copy(TestInfrastructure.database().uri());
        assertThat(asOf(at(second))).as("stored, and never compared").endsWith(",unconfirmed");
        publishers.away(null);
        await().until(() -> !asOf(at(second)).contains("unconfirmed"));
        assertThat(operator(second).get("/actuator/health").text("/components/topics/status"))
                .isEqualTo("UP");
        second.close();

        publishers.away("projects is away again");
        assertThat(asOf(at(copy(TestInfrastructure.database().uri()))))
                .as("compared before")
                .doesNotContain("unconfirmed");
    }

    @Test
    void a_rebuild_that_cannot_delete_what_was_before_serves_and_goes_on() throws IOException {
        GatewayFixture.publish(EventStories.active(), id);
        database.getCollection(collection("aggregates", 0)).insertOne(new Document());
        String server = new ConnectionString(TestInfrastructure.database().uri())
                .getHosts()
                .getFirst();
        try (TcpProxy wire = new TcpProxy(Integer.parseInt(server.substring(server.indexOf(':') + 1)))) {
            var gateway = new SpringApplication(Application.class);
            gateway.addInitializers(it -> ((GenericApplicationContext) it)
                    .registerBean(MongoClientSettingsBuilderCustomizer.class, () -> before("drop", wire::cut)));
            var copy = copy("mongodb://127.0.0.1:" + wire.port(), gateway);
            assertThat(operator(copy).post("/operations/rebuild", "").status()).isEqualTo(202);
            await().until(() -> operator(copy)
                    .get("/operations/rebuild")
                    .text("/progress/step")
                    .equals("DONE"));

            wire.mend();
            assertThat(database.listCollectionNames()).contains(collection("aggregates", 0));
            GatewayFixture.publish(EventStories.active().project("suspended"), id);
            await().until(() -> at(copy).get(path()).text("/phase").equals("SUSPENDED"));
        }
    }

    private static MongoClientSettingsBuilderCustomizer before(String command, Runnable action) {
        return it -> it.addCommandListener(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals(command)) action.run();
            }
        });
    }

    @Test
    void a_start_reads_on_from_what_is_stored_and_answers_the_same() {
        GatewayFixture.publish(EventStories.active(), id);
        var first = copy(TestInfrastructure.database().uri());
        int all = eventsRead(at(first));
        awaitStored(first);
        var status = at(first).get(path());
        var timeline = at(first).get(path() + "/timeline?limit=200").body();
        first.close();
        GatewayFixture.publish(EventStories.active().project("suspended"), id);

        var second = copy(TestInfrastructure.database().uri());
        assertThat(eventsRead(at(second))).isLessThan(all).isBetween(1, 20);
        assertThat(at(second).get(path()).text("/phase")).isEqualTo("SUSPENDED");
        assertThat(at(second).get(path()).body().path("money"))
                .isEqualTo(status.body().path("money"));
        var longer = at(second).get(path() + "/timeline?limit=200").body().path("items");
        assertThat(longer.size()).isEqualTo(timeline.path("items").size() + 1);
        for (int i = 0; i < timeline.path("items").size(); i++)
            assertThat(longer.get(i)).isEqualTo(timeline.path("items").get(i));
    }

    @Test
    void what_is_stored_and_cannot_be_read_is_folded_anew_from_the_topics() {
        GatewayFixture.publish(EventStories.active(), id);
        var first = copy(TestInfrastructure.database().uri());
        awaitStored(first);
        first.close();
        stored(1).tamper("project/" + id, it -> it.substring(0, it.length() - 1));

        var second = copy(TestInfrastructure.database().uri());
        assertThat(at(second).get(path()).text("/phase")).isEqualTo("ACTIVE");
        await().until(() -> stored(2).line("project/" + id).isPresent());
    }

    @Test
    void what_another_version_stored_is_left_alone_and_the_topics_are_read() {
        GatewayFixture.publish(EventStories.active(), id);
        var first = copy(TestInfrastructure.database().uri());
        int all = eventsRead(at(first));
        awaitStored(first);
        first.close();
        for (String kind : List.of("aggregates", "timelines")) {
            var stored = database.getCollection(collection(kind, 1)).find().into(new ArrayList<>());
            database.getCollection(kind + "_0_1").insertMany(stored);
            database.getCollection(collection(kind, 1)).drop();
        }
        database.getCollection("offsets").drop();

        var second = copy(TestInfrastructure.database().uri());
        assertThat(eventsRead(at(second))).isGreaterThanOrEqualTo(all);
        assertThat(at(second).get(path()).text("/phase")).isEqualTo("ACTIVE");
        assertThat(database.getCollection("aggregates_0_1").countDocuments()).isPositive();
    }

    @Test
    void while_the_database_is_away_statuses_go_on_timelines_say_so_and_then_all_is_stored() throws IOException {
        String server = new ConnectionString(TestInfrastructure.database().uri())
                .getHosts()
                .getFirst();
        GatewayFixture.publish(EventStories.active(), id);
        try (TcpProxy wire = new TcpProxy(Integer.parseInt(server.substring(server.indexOf(':') + 1)))) {
            var copy = copy("mongodb://127.0.0.1:" + wire.port());
            awaitStored(copy);
            wire.cut();
            GatewayFixture.publish(EventStories.active().project("suspended"), id);
            await().until(() -> at(copy).get(path()).text("/phase").equals("SUSPENDED"));
            assertThat(at(copy).get("/api/v1/status/projects").status()).isEqualTo(200);
            var timeline = at(copy).get(path() + "/timeline");
            assertThat(timeline.status()).isEqualTo(503);
            assertThat(timeline.header("Retry-After")).isNotEmpty();
            String young = UUID.randomUUID().toString();
            GatewayFixture.publish(EventStories.none().draft(), young);
            await().untilAsserted(() -> assertThat(at(copy).get("/api/v1/status/projects/" + young + "/timeline")
                            .status())
                    .as("all of it is in memory")
                    .isEqualTo(200));

            wire.mend();
            await().until(() -> at(copy).get(path() + "/timeline").status() == 200);
            await().until(() -> stored(1)
                    .line("project/" + id)
                    .filter(it -> it.contains("SUSPENDED"))
                    .isPresent());
            assertThat(at(copy).get(path() + "/timeline?limit=200").body().toString())
                    .contains("koinon.project.suspended.v1");
        }
    }

    @Test
    void a_copy_that_starts_without_its_database_folds_the_topics_and_stores_when_it_comes() throws IOException {
        String server = new ConnectionString(TestInfrastructure.database().uri())
                .getHosts()
                .getFirst();
        GatewayFixture.publish(EventStories.active(), id);
        try (TcpProxy wire = new TcpProxy(Integer.parseInt(server.substring(server.indexOf(':') + 1)))) {
            wire.cut();
            var copy = copy("mongodb://127.0.0.1:" + wire.port());
            assertThat(at(copy).get(path()).text("/phase")).isEqualTo("ACTIVE");
            wire.mend();
            awaitStored(copy);
            assertThat(eventsRead(at(copy(TestInfrastructure.database().uri()))))
                    .isLessThan(20);
        }
    }
}
