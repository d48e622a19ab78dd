package koinon.platform.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Command;
import koinon.platform.model.By;
import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventType;
import koinon.platform.model.Mandate;
import koinon.platform.model.RuleBroken;
import koinon.platform.tally.Tally;
import koinon.platform.tally.TallyApplication;
import koinon.testing.Parts;
import koinon.testing.RealParts;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.annotation.KafkaListener;

/// Plays duplicates, disorder, poison and an absent database on a real broker.
@RealParts
@Import(InboxTest.ElsewhereListener.class)
@SpringBootTest(
        classes = TallyApplication.class,
        properties = {"spring.application.name=listening", "koinon.operator=operator@everything"})
class InboxTest {

    private static final String TOPIC = "koinon.elsewhere";
    private static final String CONSUMER = "listening.tally.elsewhere";
    private static final By OPERATOR = new By(
            "olga",
            List.of(new Mandate("m1", "operator", "everything", null, null, null)),
            null,
            null,
            Instant.parse("2026-05-04T12:00:00Z"));

    private static KafkaProducer<String, byte[]> producer;

    @Autowired
    private Aggregates aggregates;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private DeadLetterController operations;

    @Autowired
    private ElsewhereListener listener;

    private final String source = UUID.randomUUID().toString();
    private final String target = UUID.randomUUID().toString();

    /// What is said elsewhere and heard here.
    sealed interface Elsewhere extends DomainEvent {
        @EventType("koinon.thing.said.v1")
        record Said(String target, String what) implements Elsewhere {}
    }

    static class ElsewhereListener {

        private final Inbox inbox;
        private final Aggregates aggregates;
        private volatile String poison = "";
        private final AtomicInteger away = new AtomicInteger();

        ElsewhereListener(Inbox inbox, Aggregates aggregates) {
            this.inbox = inbox;
            this.aggregates = aggregates;
        }

        @KafkaListener(topics = "${test.topic:" + TOPIC + "}", groupId = "${test.group:" + CONSUMER + "}")
        void on(ConsumerRecord<String, byte[]> record) {
            inbox.read(record, Elsewhere.class, (event, heard) -> {
                switch (event) {
                    case Elsewhere.Said it -> {
                        if (it.what().equals(poison)) throw new IllegalStateException("cannot bear " + it.what());
                        if (away.getAndDecrement() > 0) throw new DataAccessResourceFailureException("database away");
                        aggregates.react(
                                Tally.class,
                                it.target(),
                                heard,
                                () -> new Tally(it.target()),
                                (tally, by) -> tally.hear(it.what(), by));
                    }
                }
            });
        }
    }

    @BeforeAll
    static void connect() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Parts.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Parts.bootstrap()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
    }

    @BeforeEach
    void healthy() {
        listener.poison = "";
        listener.away.set(0);
        By by = OPERATOR;
        aggregates.create(Tally.open(target, "votes", by), Command.of(by));
    }

    private void said(String source, long sequence, String what) throws Exception {
        send(source, sequence, "{\"target\":\"" + target + "\",\"what\":\"" + what + "\",\"unknown\":1}");
    }

    private void send(String source, long sequence, String value) throws Exception {
        var record = new ProducerRecord<>(TOPIC, source, value.getBytes(UTF_8));
        Map.of(
                        "ce_id",
                        "thing/" + source + "/" + sequence,
                        "ce_subject",
                        "thing/" + source,
                        "ce_sequence",
                        Long.toString(sequence),
                        "ce_type",
                        "koinon.thing.said.v1",
                        "ce_time",
                        "2026-05-04T12:00:00Z",
                        "ce_actor",
                        "someone")
                .forEach((name, it) -> record.headers().add(name, it.getBytes(UTF_8)));
        producer.send(record).get();
    }

    private void awaitHeard(String... what) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(mongo.findById(target, Tally.class).heard()).containsExactly(what));
    }

    private List<DeadLetterController.Letter> letters() {
        return operations.list(OPERATOR, CONSUMER, null).items().stream()
                .filter(it -> it.subject().equals("thing/" + source))
                .toList();
    }

    private int replay() {
        return operations
                .replay(OPERATOR, new DeadLetterController.Replay(CONSUMER, "thing/" + source))
                .handled();
    }

    @Test
    void duplicates_and_late_events_have_no_effect() throws Exception {
        said(source, 1, "one");
        said(source, 2, "two");
        said(source, 2, "two");
        said(source, 1, "one");
        said(source, 3, "three");

        awaitHeard("one", "two", "three");
    }

    @Test
    void unknown_types_are_passed_by() throws Exception {
        var record = new ProducerRecord<>(TOPIC, source, "{}".getBytes(UTF_8));
        Map.of(
                        "ce_subject", "thing/" + source,
                        "ce_sequence", "1",
                        "ce_type", "koinon.thing.forgot.v1",
                        "ce_time", "2026-05-04T12:00:00Z",
                        "ce_actor", "someone")
                .forEach((name, it) -> record.headers().add(name, it.getBytes(UTF_8)));
        producer.send(record).get();
        said(source, 2, "two");

        awaitHeard("two");
        assertThat(letters()).isEmpty();
    }

    @Test
    void a_poison_event_is_set_aside_with_its_followers_and_all_are_replayed_in_order() throws Exception {
        listener.poison = "bad";
        String other = UUID.randomUUID().toString();
        said(source, 1, "one");
        said(source, 2, "bad");
        said(source, 3, "three");
        said(other, 1, "from another");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(letters()).hasSize(2));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(mongo.findById(target, Tally.class).heard())
                                .containsExactlyInAnyOrder("one", "from another"));
        assertThat(letters().getFirst().reason()).contains("cannot bear bad");

        assertThatThrownBy(this::replay).isInstanceOf(RuleBroken.class).hasMessageContaining("failed again");
        listener.poison = "";
        assertThat(replay()).isEqualTo(2);
        assertThat(mongo.findById(target, Tally.class).heard()).endsWith("bad", "three");
        assertThat(letters()).isEmpty();

        said(source, 4, "four");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(mongo.findById(target, Tally.class).heard()).endsWith("four"));
    }

    @Test
    void what_cannot_be_read_is_set_aside_and_the_partition_goes_on() throws Exception {
        send(source, 1, "{\"target\": 7, \"what\": {");
        String other = UUID.randomUUID().toString();
        said(other, 1, "readable");
        said(source, 2, "follows");

        awaitHeard("readable");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(letters()).hasSize(2));
        assertThat(letters().getFirst().reason()).contains("does not fit koinon.thing.said.v1");
    }

    @Test
    void a_record_without_an_envelope_is_set_aside() throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, source, "{}".getBytes(UTF_8))).get();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                operations.list(OPERATOR, CONSUMER, null).items())
                        .anySatisfy(it -> {
                            assertThat(it.subject()).isEqualTo("unknown/" + source);
                            assertThat(it.reason()).isEqualTo("The header ce_subject is missing.");
                        }));
    }

    @Test
    void while_the_database_is_away_the_partition_waits_and_nothing_is_set_aside() throws Exception {
        listener.away.set(3);
        said(source, 1, "one");
        said(source, 2, "two");

        awaitHeard("one", "two");
        assertThat(letters()).isEmpty();
    }
}
