package koinon.eventing.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.command.Command;
import koinon.eventing.document.Aggregates;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.tally.Tally;
import koinon.eventing.tally.TallyApplication;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TestInfrastructure;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.KafkaUtils;

/// Plays duplicates, disorder, poison and an absent database on a real broker.
@IntegrationTest
@Import(InboxTest.ElsewhereListener.class)
@SpringBootTest(
        classes = TallyApplication.class,
        properties = {"spring.application.name=listening", "koinon.operator=operator@everything"})
class InboxTest {

    private static final String TOPIC = "koinon.elsewhere";
    private static final String CONSUMER = "listening.tally.elsewhere";
    private static final Actor OPERATOR = new Actor(
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

    @Autowired
    private DeadLetters letters;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

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
            inbox.read(record, Elsewhere.class, (event, envelope) -> {
                switch (event) {
                    case Elsewhere.Said it -> {
                        if (it.what().equals(poison)) throw new IllegalStateException("cannot bear " + it.what());
                        if (away.getAndDecrement() > 0) throw new DataAccessResourceFailureException("database away");
                        aggregates.react(
                                Tally.class,
                                it.target(),
                                envelope,
                                () -> new Tally(it.target()),
                                (tally, by) -> tally.on(it.what(), by));
                    }
                }
            });
        }
    }

    @BeforeAll
    static void connect() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestInfrastructure.bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
    }

    @BeforeEach
    void healthy() {
        listener.poison = "";
        listener.away.set(0);
        Actor by = OPERATOR;
        aggregates.create(Tally.open(target, "votes", by), Command.of(by));
    }

    private void said(String source, long sequence, String what) throws Exception {
        send(source, sequence, value(what));
    }

    private String value(String what) {
        return "{\"target\":\"" + target + "\",\"what\":\"" + what + "\",\"unknown\":1}";
    }

    private void send(String source, long sequence, String value) throws Exception {
        var record = new ProducerRecord<>(TOPIC, source, value.getBytes(UTF_8));
        envelope(source, sequence).forEach((name, it) -> record.headers().add(name, it.getBytes(UTF_8)));
        producer.send(record).get();
    }

    private static Map<String, String> envelope(String source, long sequence) {
        return Map.of(
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
                "someone",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    private void awaitHeard(String... what) {
        await().untilAsserted(() ->
                assertThat(mongo.findById(target, Tally.class).envelope()).containsExactly(what));
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
    void a_poison_event_is_parked_with_its_followers_and_all_are_replayed_in_order() throws Exception {
        listener.poison = "bad";
        String other = UUID.randomUUID().toString();
        said(source, 1, "one");
        said(source, 2, "bad");
        said(source, 3, "three");
        said(other, 1, "from another");

        await().untilAsserted(() -> assertThat(letters()).hasSize(2));
        await().untilAsserted(
                        () -> assertThat(mongo.findById(target, Tally.class).envelope())
                                .containsExactlyInAnyOrder("one", "from another"));
        assertThat(letters().getFirst().reason()).contains("cannot bear bad");

        assertThatThrownBy(this::replay).isInstanceOf(RuleViolation.class).hasMessageContaining("failed again");
        listener.poison = "";
        assertThat(replay()).isEqualTo(2);
        assertThat(mongo.findById(target, Tally.class).envelope()).endsWith("bad", "three");
        assertThat(letters()).isEmpty();

        said(source, 4, "four");
        await().untilAsserted(() ->
                assertThat(mongo.findById(target, Tally.class).envelope()).endsWith("four"));
    }

    @Test
    void what_is_logged_of_an_event_names_it_and_its_trace() throws Exception {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var log = (Logger) LoggerFactory.getLogger(Inbox.class);
        log.addAppender(logged);
        try {
            listener.poison = "bad";
            said(source, 1, "bad");
            await().untilAsserted(() -> assertThat(List.copyOf(logged.list))
                    .anySatisfy(it -> assertThat(it.getMDCPropertyMap())
                            .containsEntry("trace.id", "4bf92f3577b34da6a3ce929d0e0e4736")
                            .containsEntry("event.id", "thing/" + source + "/1")));
        } finally {
            log.detachAppender(logged);
        }
    }

    @Test
    void what_cannot_be_read_is_parked_and_the_partition_goes_on() throws Exception {
        send(source, 1, "{\"target\": 7, \"what\": {");
        String other = UUID.randomUUID().toString();
        said(other, 1, "readable");
        said(source, 2, "follows");

        awaitHeard("readable");
        await().untilAsserted(() -> assertThat(letters()).hasSize(2));
        assertThat(letters().getFirst().reason()).contains("does not fit koinon.thing.said.v1");
    }

    @Test
    void of_one_poll_what_came_before_is_handled_before_one_that_cannot_be_read_is_parked() {
        ConsumerRecord<String, byte[]> unreadable = received(2, "two");
        unreadable.headers().remove("ce_type");
        List<String> handled = new ArrayList<>();
        KafkaUtils.setConsumerGroupId(CONSUMER);
        try {
            new Inbox(letters)
                    .readAll(List.of(received(1, "one"), unreadable, received(3, "three")), Elsewhere.class, events -> {
                        assertThat(letters()).isEmpty();
                        events.forEach(
                                it -> handled.add(it.envelope().position().toString()));
                    });
        } finally {
            KafkaUtils.clearConsumerGroupId();
        }

        assertThat(handled).containsExactly("thing/" + source + "/1");
        assertThat(letters()).hasSize(2);
    }

    @Test
    void a_record_without_an_envelope_is_parked() throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, source, "{}".getBytes(UTF_8))).get();

        await().untilAsserted(() -> assertThat(
                        operations.list(OPERATOR, CONSUMER, null).items())
                .anySatisfy(it -> {
                    assertThat(it.subject()).isEqualTo("unknown/" + source);
                    assertThat(it.reason()).isEqualTo("The header ce_subject is missing.");
                }));
    }

    @Test
    void headers_that_nobody_expects_are_parked_and_the_partition_goes_on() throws Exception {
        var record = new ProducerRecord<>(TOPIC, source, "{}".getBytes(UTF_8));
        record.headers().add("ce_subject", null).add("$where.it\0comes", "from".getBytes(UTF_8));
        producer.send(record).get();
        said(source, 1, "one");

        awaitHeard("one");
        assertThat(operations.list(OPERATOR, CONSUMER, null).items())
                .anySatisfy(it -> assertThat(it.subject()).isEqualTo("unknown/" + source));
    }

    @Test
    void an_aggregate_that_another_copy_parked_stays_so_when_its_partition_moves_here() throws Exception {
        said(source, 1, "one");
        awaitHeard("one");
        letters.park(CONSUMER, received(2, "two"), "Another copy could not bear it.");
        letters.invalidateCache();
        said(source, 3, "three");

        await().untilAsserted(() -> assertThat(letters()).hasSize(2));
        assertThat(replay()).isEqualTo(2);
        awaitHeard("one", "two", "three");
    }

    @Test
    void a_copy_that_was_frozen_and_handles_what_another_has_handled_meanwhile_changes_nothing() throws Exception {
        for (int n = 1; n <= 50; n++) said(source, n, "n" + n);
        KafkaUtils.setConsumerGroupId(CONSUMER);
        try {
            for (int n = 1; n <= 50; n++) listener.on(received(n, "n" + n));
        } finally {
            KafkaUtils.clearConsumerGroupId();
        }

        awaitHeard(IntStream.rangeClosed(1, 50).mapToObj(n -> "n" + n).toArray(String[]::new));
        assertThat(mongo.findById(target, Tally.class).sequence()).isEqualTo(51);
    }

    @Test
    void a_topic_that_is_read_again_from_its_beginning_has_no_second_effect() throws Exception {
        said(source, 1, "one");
        said(source, 2, "two");
        awaitHeard("one", "two");
        MessageListenerContainer container =
                listeners.getAllListenerContainers().iterator().next();
        container.stop();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.bootstrap()))) {
            await().ignoreExceptions().until(() -> {
                admin.alterConsumerGroupOffsets(CONSUMER, beginning()).all().get();
                return true;
            });
        } finally {
            container.start();
        }
        said(source, 3, "three");

        awaitHeard("one", "two", "three");
        assertThat(mongo.findById(target, Tally.class).sequence()).isEqualTo(4);
    }

    private static Map<TopicPartition, OffsetAndMetadata> beginning() {
        return IntStream.range(0, 3)
                .boxed()
                .collect(Collectors.toMap(it -> new TopicPartition(TOPIC, it), _ -> new OffsetAndMetadata(0)));
    }

    /// A record as a copy has it in its hands, from before all that is on the topic, whichever partition that is
    /// in.
    private ConsumerRecord<String, byte[]> received(long sequence, String what) {
        var record = new ConsumerRecord<>(
                TOPIC, 0, sequence - 1_000_000, source, value(what).getBytes(UTF_8));
        envelope(source, sequence).forEach((name, it) -> record.headers().add(name, it.getBytes(UTF_8)));
        return record;
    }

    @Test
    void while_the_database_is_away_the_partition_waits_and_nothing_is_parked() throws Exception {
        listener.away.set(3);
        said(source, 1, "one");
        said(source, 2, "two");

        awaitHeard("one", "two");
        assertThat(letters()).isEmpty();
    }
}
