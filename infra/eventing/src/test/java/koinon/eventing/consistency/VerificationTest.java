package koinon.eventing.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.actor.Right;
import koinon.eventing.command.Command;
import koinon.eventing.consistency.ConsistencyReport.Difference;
import koinon.eventing.consistency.ConsistencyReport.Report;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.CloudEventWriter;
import koinon.eventing.document.OutboxListener;
import koinon.eventing.document.Writers;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.OutboxEntry;
import koinon.eventing.tally.Tally;
import koinon.eventing.tally.TallyApplication;
import koinon.eventing.topic.TopicLog;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TestInfrastructure;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;

/// Plants each difference by hand and sees it named. The relay is off: what is on the topic, the test puts there.
@IntegrationTest
@SpringBootTest(
        classes = {TallyApplication.class, VerificationTest.Silent.class},
        properties = {"spring.application.name=tallies", "koinon.relay.enabled=false"})
class VerificationTest {

    /// Publishes nothing.
    @TestConfiguration
    static class Silent {

        @Bean
        OutboxListener outboxes() {
            return _ -> {};
        }
    }

    private static final Actor ANNA = new Actor("anna", List.of(), null, null, Instant.parse("2026-05-04T12:00:00Z"));

    @Autowired
    private MongoTemplate mongo;

    private final String topic = "koinon.verified-" + UUID.randomUUID();
    private final String elsewhere = "koinon.elsewhere-" + UUID.randomUUID();
    private final String id = UUID.randomUUID().toString();
    private Aggregates aggregates;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void publishedLife() throws Exception {
        aggregates = Writers.thatDiesAfterSaving(mongo);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1), new NewTopic(elsewhere, 3, (short) 1)))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestInfrastructure.bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer());
        aggregates.create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        count("one");
        count("two");
    }

    @AfterEach
    void forget() {
        producer.close();
        mongo.dropCollection(Tally.class);
    }

    private void count(String what) {
        aggregates.change(Tally.class, id, Command.of(ANNA), it -> it.count(what, ANNA));
    }

    private void on(String source, long sequence) {
        aggregates.react(
                Tally.class,
                id,
                new EventEnvelope(source, sequence, ANNA.at(), "someone", null),
                () -> new Tally(id),
                (tally, by) -> tally.on("something", by));
    }

    private Tally stored() {
        return requireNonNull(mongo.findById(id, Tally.class));
    }

    /// Sends its whole outbox, as the relay would, and takes it out.
    private void publish() {
        stored().outbox().forEach(this::send);
        change(new Document("$set", new Document("outbox", List.of())));
    }

    private void send(OutboxEntry entry) {
        send(topic, entry.headers(), entry.data());
    }

    private void send(String to, Map<String, String> headers, String value) {
        var record = new ProducerRecord<>(to, id, value.getBytes(UTF_8));
        headers.forEach((name, it) -> record.headers().add(name, it.getBytes(UTF_8)));
        var _ = producer.send(record);
        producer.flush();
    }

    private static Map<String, String> envelope(String subject, long sequence, String type) {
        return Map.of(
                "ce_subject",
                subject,
                "ce_sequence",
                Long.toString(sequence),
                "ce_type",
                type,
                "ce_time",
                "2026-05-04T12:00:00Z",
                "ce_actor",
                "someone");
    }

    private void change(Document update) {
        mongo.getCollection("tallies").updateOne(new Document("_id", id), update);
    }

    private Report verify() {
        return verify(List.of());
    }

    private Report verify(List<ConsistencyCheck> proofs) {
        try (TopicLog log = new TopicLog(Map.of("bootstrap.servers", TestInfrastructure.bootstrap()))) {
            return new Verification(log, new StoredAggregates(mongo), proofs, Duration.ofMillis(20))
                    .of(topic, Set.of(topic, elsewhere));
        }
    }

    private void assertDiffers(String sentence) {
        assertThat(verify().differences()).containsExactly(new Difference("tally/" + id, sentence));
    }

    @Test
    void what_is_stored_as_it_was_published_differs_in_nothing() {
        on("thing/a", 1);
        publish();
        send(elsewhere, envelope("thing/a", 1, "koinon.thing.said.v1"), "{}");

        assertThat(verify()).isEqualTo(new Report(Map.of("aggregates", 1L, "events", 4L), List.of(), List.of()));
    }

    @Test
    void what_a_substitute_did_is_replayed_as_done_by_both() {
        Actor ben = new Actor(
                        "ben",
                        List.of(new Mandate("m1", "keeper", "tallies", null, null, "anna")),
                        null,
                        null,
                        ANNA.at())
                .as(Right.of("keeper@tallies"));
        aggregates.change(Tally.class, id, Command.of(ben), it -> it.close(ben));
        publish();

        assertThat(stored().closedBy()).containsExactly("ben", "anna");
        assertThat(verify().differences()).isEmpty();
    }

    @Test
    void next_actions_that_the_last_event_does_not_contain() {
        publish();
        change(new Document("$set", new Document("envelope", List.of(Tally.ENOUGH))));

        assertDiffers("Its next actions are not those that its last event contains.");
    }

    @Test
    void an_event_that_was_sent_again_is_the_same_event() {
        List<OutboxEntry> outbox = stored().outbox();
        publish();
        outbox.forEach(this::send);

        assertThat(verify()).isEqualTo(new Report(Map.of("aggregates", 1L, "events", 3L), List.of(), List.of()));
    }

    @Test
    void an_event_that_came_again_with_another_content() {
        OutboxEntry first = stored().outbox().getFirst();
        publish();
        send(new OutboxEntry(1, first.headers(), "{\"title\":\"other votes\"}"));

        assertDiffers("Event 1 is on the topic more than once, and not with the same content.");
    }

    @Test
    void an_event_that_is_missing_on_the_topic() {
        List<OutboxEntry> outbox = stored().outbox();
        send(outbox.get(0));
        send(outbox.get(2));

        assertDiffers("Event 1 is followed by event 3 on the topic.");
    }

    @Test
    void a_first_event_that_is_missing_on_the_topic() {
        send(stored().outbox().get(1));

        assertDiffers("Its first event on the topic is number 2.");
    }

    @Test
    void an_event_that_names_another_before_it() {
        List<OutboxEntry> outbox = stored().outbox();
        send(new OutboxEntry(1, outbox.get(0).headers(), "{\"title\":\"other votes\"}"));
        send(outbox.get(1));
        send(outbox.get(2));

        assertDiffers("Event 2 names another event before it than event 1 on the topic.");
    }

    @Test
    void an_event_that_could_not_happen() {
        publish();
        Map<String, String> closed = new HashMap<>(envelope("tally/" + id, 4, "koinon.tally.closed.v1"));
        closed.put("ce_previous", stored().lastHash());
        send(topic, closed, "{}");
        Map<String, String> counted = new HashMap<>(envelope("tally/" + id, 5, "koinon.tally.counted.v1"));
        counted.put("ce_previous", CloudEventWriter.hash(closed, "{}".getBytes(UTF_8)));
        send(topic, counted, "{\"what\":\"late\"}");

        assertDiffers(
                "Event 5 (koinon.tally.counted.v1) cannot follow: This is possible in OPEN. It is CLOSED: open another.");
    }

    @Test
    void an_event_of_a_type_that_cannot_happen_to_it() {
        publish();
        Map<String, String> lost = new HashMap<>(envelope("tally/" + id, 4, "koinon.tally.lost.v1"));
        lost.put("ce_previous", stored().lastHash());
        send(topic, lost, "{}");

        assertDiffers("Event 4 is koinon.tally.lost.v1, which cannot happen to it.");
    }

    @Test
    void a_field_that_was_changed_by_hand() {
        publish();
        change(new Document("$set", new Document("state", "CLOSED").append("counted.1", "three")));

        assertDiffers("counted.1 is stored as three and is two by its events;"
                + " state is stored as CLOSED and is OPEN by its events.");
    }

    @Test
    void a_database_that_was_restored_from_an_older_backup() {
        Document backup = mongo.getCollection("tallies").find().first();
        count("three");
        publish();
        mongo.getCollection("tallies").replaceOne(new Document("_id", id), requireNonNull(backup));

        assertDiffers("It is stored with 3 events, and the topic has 4:"
                + " the database was restored from an older backup, or lost what was written.");
    }

    @Test
    void an_aggregate_that_is_not_stored() {
        publish();
        mongo.getCollection("tallies").deleteOne(new Document("_id", id));

        assertDiffers("The topic has 3 events of it, and it is not stored.");
    }

    @Test
    void events_that_neither_the_topic_nor_the_outbox_has() {
        publish();
        count("three");
        change(new Document("$set", new Document("outbox", List.of())));

        assertDiffers("It is stored with 4 events, and the topic has 3; what is missing there does not wait in its"
                + " outbox.");
    }

    @Test
    void an_aggregate_of_which_the_topic_has_nothing() {
        change(new Document("$set", new Document("outbox", List.of())));

        assertDiffers("It is stored with 3 published events, and the topic has none of them.");
    }

    @Test
    void an_event_of_a_kind_that_is_not_stored_here() {
        publish();
        send(topic, envelope("thing/a", 1, "koinon.thing.said.v1"), "{}");

        assertThat(verify().differences())
                .containsExactly(new Difference(
                        "thing/a", "The topic has events of it, and nothing of its kind is stored here."));
    }

    @Test
    void an_event_that_was_heard_and_is_not_on_its_topic() {
        on("thing/a", 7);
        publish();
        send(elsewhere, envelope("thing/a", 6, "koinon.thing.said.v1"), "{}");

        assertThat(verify().differences())
                .containsExactly(new Difference(
                        "thing/a", "tally/" + id + " has heard its event 7, and the topic does not have it."));
    }

    @Test
    void what_waits_in_an_outbox_is_reported_as_not_compared() {
        publish();
        count("three");

        assertThat(verify())
                .isEqualTo(new Report(
                        Map.of("aggregates", 1L, "events", 3L),
                        List.of(),
                        List.of(new ConsistencyReport.Difference(
                                "tally/" + id, "Its last events wait to be sent: the topic has 3 of 4."))));
    }

    @Test
    void what_nobody_can_read_changes_nothing_and_is_counted() {
        publish();
        send(topic, Map.of("ce_subject", "nonsense"), "{}");

        assertThat(verify())
                .isEqualTo(new Report(Map.of("aggregates", 1L, "events", 3L, "unreadable", 1L), List.of(), List.of()));
    }

    @Test
    void more_differences_than_anybody_reads_are_counted() {
        ConsistencyReport report = new ConsistencyReport();
        for (int n = 0; n < ConsistencyReport.MOST_NAMED + 2; n++) report.differs("tally/" + n, "It differs.");

        assertThat(report.report().differences())
                .hasSize(ConsistencyReport.MOST_NAMED + 1)
                .endsWith(new Difference("*", "2 more differ and are not named here."));
    }
}
