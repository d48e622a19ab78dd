package koinon.eventing.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.OutboxListener;
import koinon.eventing.document.Writers;
import koinon.eventing.model.OutboxEntry;
import koinon.eventing.tally.Tally;
import koinon.eventing.tally.TallyApplication;
import koinon.eventing.worker.BackgroundWorker;
import koinon.local.broker.Broker;
import koinon.local.process.Ports;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TestInfrastructure;
import koinon.testing.infrastructure.TopicRecords;
import koinon.testing.time.TestClock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.IndexField;
import org.springframework.data.mongodb.core.index.IndexInfo;

/// Plays crashes and copies of the relay on a real broker.
///
/// The application's own relay is off and its database is nobody else's: another sweep would send what a test left
/// in an outbox to another topic.
@IntegrationTest
@SpringBootTest(
        classes = {TallyApplication.class, RelayTest.Silent.class},
        properties = {"spring.application.name=tallies", "koinon.relay.enabled=false"})
class RelayTest {

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

    private final String topic = "koinon.relay-" + UUID.randomUUID();
    private final String id = UUID.randomUUID().toString();
    private final List<Runnable> open = new ArrayList<>();
    private Duration idle = Duration.ofMillis(50);

    @AfterEach
    void stop() {
        open.reversed().forEach(Runnable::run);
        mongo.remove(new Tally(id));
    }

    /// A copy of the relay.
    private final class Copy {

        private final Relay relay;
        private final Aggregates aggregates;
        private final BackgroundWorker recovery;

        Copy(String bootstrap, boolean pulls, Supplier<Producer<String, byte[]>> producers) {
            PublishedTopic ready = new PublishedTopic(topic, Map.of("bootstrap.servers", bootstrap));
            OutboxCleaner cleaner = new OutboxCleaner(mongo, idle);
            var watch = new BackgroundWorker("topic-watch", ready::watch);
            var cleaning = new BackgroundWorker("outbox-cleaning", cleaner::clean);
            relay = new Relay(
                    topic,
                    new Sender(producers),
                    ready,
                    cleaner,
                    it -> OutboxRecovery.reload(mongo, it),
                    mongo::getCollectionName);
            recovery = new BackgroundWorker(
                    "outbox-recovery",
                    new OutboxRecovery(mongo, relay, () -> List.of(Tally.class), Clock.systemUTC(), idle)::sweep);
            aggregates = Writers.with(mongo, relay);
            watch.start();
            relay.start();
            if (pulls) cleaning.start();
            open.add(() -> {
                recovery.stop();
                watch.stop();
                relay.stop();
                cleaning.stop();
            });
        }

        Copy sweeping() {
            recovery.start();
            return this;
        }
    }

    private static Producer<String, byte[]> producer(String bootstrap) {
        Map<String, Object> settings = new HashMap<>(RelayConfiguration.NEVER_GIVES_UP);
        settings.put("bootstrap.servers", bootstrap);
        settings.put("max.block.ms", 1_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static Copy copyOf(RelayTest test, boolean pulls) {
        return test.new Copy(TestInfrastructure.bootstrap(), pulls, () -> producer(TestInfrastructure.bootstrap()));
    }

    private void open(Aggregates aggregates) {
        aggregates.create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
    }

    private void count(Aggregates aggregates, String what) {
        aggregates.change(Tally.class, id, Command.of(ANNA), it -> it.count(what, ANNA));
    }

    private List<TopicRecords.Message> messages(int atLeast) {
        return TopicRecords.of(topic).messages(id, atLeast);
    }

    /// The sequences in the order in which each first appears.
    private static List<String> sequences(List<TopicRecords.Message> messages) {
        return new ArrayList<>(new LinkedHashSet<>(
                messages.stream().map(it -> it.headers().get("ce_sequence")).toList()));
    }

    /// The first sequences in the order in which each first appears, however often they are repeated.
    private List<String> firstSequences(int number) {
        for (int atLeast = number; ; atLeast++) {
            List<TopicRecords.Message> found = messages(atLeast);
            List<String> sequences = sequences(found);
            if (sequences.size() >= number || found.size() < atLeast) return sequences;
        }
    }

    private static List<String> upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }

    private void awaitEmptyOutbox() {
        await().untilAsserted(() ->
                assertThat(mongo.findById(id, Tally.class).outbox()).isEmpty());
    }

    @Test
    void what_is_saved_is_sent_and_taken_out_of_its_outbox_without_raising_the_version() {
        Copy copy = copyOf(this, true);
        open(copy.aggregates);
        count(copy.aggregates, "one");

        assertThat(sequences(messages(2))).containsExactly("1", "2");
        awaitEmptyOutbox();
        assertThat(mongo.findById(id, org.bson.Document.class, "tallies")
                        .get("version", Number.class)
                        .longValue())
                .isEqualTo(1);
    }

    @Test
    void a_copy_that_was_stopped_and_started_again_sends_as_before() {
        Copy copy = copyOf(this, true);
        open(copy.aggregates);
        assertThat(messages(1)).hasSize(1);
        copy.relay.stop();
        copy.relay.start();
        count(copy.aggregates, "one");

        assertThat(sequences(messages(2))).containsExactly("1", "2");
        awaitEmptyOutbox();
    }

    @Test
    void two_aggregates_of_one_id_are_each_sent_from_their_own_beginning() throws Exception {
        Copy copy = copyOf(this, true);
        open(copy.aggregates);
        count(copy.aggregates, "one");
        assertThat(messages(2)).hasSize(2);

        OutboxEntry first = new OutboxEntry(1, Map.of("ce_sequence", "1", "ce_subject", "other/" + id), "{}");
        copy.relay.found(new PendingOutbox("others", id, List.of(first)));
        assertThat(messages(3))
                .extracting(it -> it.headers().get("ce_subject"))
                .containsExactly("tally/" + id, "tally/" + id, "other/" + id);
    }

    @Test
    void what_a_crash_left_before_publishing_is_sent_when_another_process_sweeps() {
        Aggregates dies = Writers.thatDiesAfterSaving(mongo);
        open(dies);
        count(dies, "one");
        copyOf(this, true).sweeping();

        assertThat(sequences(messages(2))).containsExactly("1", "2");
        awaitEmptyOutbox();
    }

    @Test
    void a_crash_between_publishing_and_taking_out_sends_the_same_bytes_again() {
        Copy dies = copyOf(this, false);
        open(dies.aggregates);
        count(dies.aggregates, "one");
        assertThat(messages(2)).hasSize(2);
        copyOf(this, true).sweeping();
        awaitEmptyOutbox();

        List<TopicRecords.Message> all = messages(4);
        assertThat(sequences(all)).containsExactly("1", "2");
        assertThat(all.stream().distinct()).hasSize(2);
    }

    @Test
    void a_copy_that_sleeps_with_an_older_event_does_not_let_a_later_one_come_first() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        Supplier<Producer<String, byte[]>> sleepy = before(n -> {
            asleep.countDown();
            wake.await();
        });
        Copy sleeping = new Copy(TestInfrastructure.bootstrap(), true, sleepy);
        open(sleeping.aggregates);
        asleep.await();
        Copy awake = copyOf(this, true);
        count(awake.aggregates, "one");

        assertThat(sequences(messages(2))).containsExactly("1", "2");
        wake.countDown();
        List<TopicRecords.Message> all = messages(3);
        assertThat(all).hasSize(3);
        assertThat(sequences(all)).containsExactly("1", "2");
    }

    @Test
    void a_send_that_fails_is_made_good_before_anything_later_is_sent() {
        Supplier<Producer<String, byte[]>> failing = before(n -> {
            if (n == 2) throw new IllegalStateException("no memory for this one");
        });
        Copy copy = new Copy(TestInfrastructure.bootstrap(), true, failing);
        open(copy.aggregates);
        count(copy.aggregates, "one");
        count(copy.aggregates, "two");

        assertThat(sequences(messages(3))).containsExactly("1", "2", "3");
        awaitEmptyOutbox();
    }

    @Test
    void when_the_first_of_several_fails_none_of_the_others_comes_before_it() {
        Aggregates dies = Writers.thatDiesAfterSaving(mongo);
        open(dies);
        count(dies, "one");
        count(dies, "two");
        Supplier<Producer<String, byte[]>> failing = before(n -> {
            if (n == 1) throw new IllegalStateException("the broker is not known yet");
        });
        new Copy(TestInfrastructure.bootstrap(), true, failing).sweeping();

        assertThat(sequences(messages(3))).containsExactly("1", "2", "3");
        awaitEmptyOutbox();
    }

    @Test
    @Tag("restarts")
    void while_the_broker_is_away_commands_go_on_and_nothing_is_lost(@TempDir Path folder) {
        int port = Ports.free();
        Broker broker = Broker.start(folder, port);
        open.add(() -> {});
        Copy copy = new Copy(broker.bootstrap(), true, () -> producer(broker.bootstrap())).sweeping();
        open(copy.aggregates);
        awaitEmptyOutbox();
        broker.kill();

        for (int n = 0; n < 20; n++) count(copy.aggregates, "n" + n);
        assertThat(mongo.findById(id, Tally.class).outbox()).hasSize(20);
        Broker back = Broker.start(folder, port);
        try {
            awaitEmptyOutbox();
        } finally {
            stop();
            open.clear();
            back.kill();
        }
    }

    @Test
    @Tag("restarts")
    void a_sweep_that_had_to_wait_for_the_broker_comes_again_as_soon_as_ever(@TempDir Path folder) {
        int port = Ports.free();
        Broker broker = Broker.start(folder, port);
        Copy copy = new Copy(broker.bootstrap(), true, () -> producer(broker.bootstrap()));
        open(copy.aggregates);
        awaitEmptyOutbox();
        broker.kill();

        Aggregates dies = Writers.thatDiesAfterSaving(mongo);
        count(dies, "while the broker is away");
        copy.sweeping();
        Broker back = Broker.start(folder, port);
        try {
            awaitEmptyOutbox();
            count(dies, "after it came back");
            awaitEmptyOutbox();
        } finally {
            stop();
            open.clear();
            back.kill();
        }
    }

    @Test
    void what_the_broker_refuses_is_not_overtaken_by_what_comes_after_it() throws Exception {
        createTopicFor(20_000);
        Copy copy = copyOf(this, true);
        open(copy.aggregates);
        copy.aggregates.change(Tally.class, id, Command.of(ANNA), it -> {
            it.count("one", ANNA);
            it.count("x".repeat(30_000), ANNA);
            it.count("three", ANNA);
        });
        count(copy.aggregates, "four");
        assertThat(sequences(messages(2))).containsExactly("1", "2");
        await().until(() -> copy.relay.depth() == 0);

        admitMessagesOf(1_000_000);
        awaitEmptyOutbox();
        assertThat(firstSequences(5)).isEqualTo(upTo(5));
    }

    /// A broker takes the first record of a producer whatever its number, so the numbers do not keep the order then.
    @Test
    void nor_is_the_first_event_that_a_process_sends() throws Exception {
        createTopicFor(20_000);
        Aggregates dies = Writers.thatDiesAfterSaving(mongo);
        dies.create(Tally.open(id, "x".repeat(30_000), ANNA), Command.of(ANNA));
        for (int n = 0; n < 5; n++) count(dies, n + "y".repeat(15_000));
        var refused = new AtomicInteger();
        new Copy(
                        TestInfrastructure.bootstrap(),
                        true,
                        () -> around(
                                producer(TestInfrastructure.bootstrap()),
                                (real, record, callback) -> real.send(record, (metadata, failure) -> {
                                    if (failure != null) refused.incrementAndGet();
                                    callback.onCompletion(metadata, failure);
                                })))
                .sweeping();
        await().until(() -> refused.get() >= 6);

        admitMessagesOf(1_000_000);
        awaitEmptyOutbox();
        assertThat(firstSequences(6)).isEqualTo(upTo(6));
    }

    /// More than a batch of the producer, as in production: a batch that is too large would be split, and the client
    /// does
    /// not keep the order of a split batch and of those after it.
    private void createTopicFor(int bytes) throws Exception {
        var settings = Map.of("retention.ms", "-1", "retention.bytes", "-1", "max.message.bytes", "" + bytes);
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, PublishedTopic.PARTITIONS, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    private void admitMessagesOf(int bytes) throws Exception {
        var larger = new AlterConfigOp(new ConfigEntry("max.message.bytes", "" + bytes), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(larger)))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestInfrastructure.bootstrap()));
    }

    @Test
    @Tag("restarts")
    void a_broker_that_comes_back_with_an_empty_disk_gets_its_topic_and_what_comes_after(@TempDir Path folder)
            throws Exception {
        int port = Ports.free();
        Broker broker = Broker.start(folder.resolve("before"), port);
        Copy copy = new Copy(broker.bootstrap(), true, () -> producer("127.0.0.1:" + port)).sweeping();
        open(copy.aggregates);
        awaitEmptyOutbox();
        broker.kill();
        count(copy.aggregates, "while away");

        Broker back = Broker.start(folder.resolve("after"), port);
        try {
            awaitEmptyOutbox();
        } finally {
            stop();
            open.clear();
            back.kill();
        }
    }

    @Test
    void what_two_copies_send_of_one_aggregate_under_load_comes_in_order() throws Exception {
        List<Copy> copies =
                List.of(copyOf(this, true).sweeping(), copyOf(this, true).sweeping());
        open(copies.getFirst().aggregates);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 200; n++) {
                Copy copy = copies.get(n % 2);
                int number = n;
                threads.execute(() -> count(copy.aggregates, "n" + number));
            }
        }

        awaitEmptyOutbox();
        assertThat(firstSequences(201)).isEqualTo(upTo(201));
    }

    @Test
    void what_is_acknowledged_leaves_the_outbox_with_the_next_save_and_costs_no_write_of_its_own() {
        idle = Duration.ofHours(1);
        Copy copy = copyOf(this, true);
        open(copy.aggregates);
        count(copy.aggregates, "one");
        assertThat(messages(2)).hasSize(2);
        await().until(() -> copy.relay.depth() == 0);
        assertThat(mongo.findById(id, Tally.class).outbox()).hasSize(2);

        count(copy.aggregates, "two");
        assertThat(mongo.findById(id, Tally.class).outbox())
                .extracting(OutboxEntry::sequence)
                .containsExactly(3L);
        assertThat(sequences(messages(3))).containsExactly("1", "2", "3");
    }

    @Test
    void a_sweep_leaves_to_another_copy_what_it_has_just_saved_unless_it_is_the_first() throws Exception {
        TestClock clock = new TestClock();
        clock.set(ANNA.at());
        Copy copy = copyOf(this, true);
        OutboxRecovery recovery =
                new OutboxRecovery(mongo, copy.relay, () -> List.of(Tally.class), clock, Duration.ofSeconds(15));
        Aggregates other = Writers.thatDiesAfterSaving(mongo);
        open(other);
        recovery.sweep();
        assertThat(mongo.findById(id, Tally.class).outbox()).isEmpty();

        count(other, "one");
        recovery.sweep();
        assertThat(mongo.findById(id, Tally.class).outbox()).hasSize(1);

        clock.set(ANNA.at().plusSeconds(16));
        recovery.sweep();
        assertThat(mongo.findById(id, Tally.class).outbox()).isEmpty();
        assertThat(sequences(messages(2))).containsExactly("1", "2");
    }

    @Test
    void a_filled_outbox_is_found_by_an_index() {
        await().untilAsserted(() -> assertThat(mongo.indexOps(Tally.class).getIndexInfo())
                .flatExtracting(IndexInfo::getIndexFields)
                .extracting(IndexField::getKey)
                .contains("outbox.sequence"));
    }

    @Test
    void what_is_new_does_not_wait_for_a_backlog() throws Exception {
        Aggregates dies = Writers.thatDiesAfterSaving(mongo);
        List<String> others = IntStream.range(0, 20)
                .mapToObj(_ -> UUID.randomUUID().toString())
                .toList();
        for (String other : others) {
            Tally tally = Tally.open(other, "votes", ANNA);
            for (int n = 0; n < 20; n++) tally.count("n" + n, ANNA);
            dies.create(tally, Command.of(ANNA));
        }
        Copy copy = new Copy(TestInfrastructure.bootstrap(), true, before(_ -> Thread.sleep(10))).sweeping();
        await().until(() -> copy.relay.depth() > 0);
        open(copy.aggregates);

        assertThat(sequences(messages(1))).containsExactly("1");
        assertThat(TopicRecords.of(topic).messages(others.getLast(), 21)).hasSize(21);
        others.forEach(it -> mongo.remove(new Tally(it)));
    }

    @Test
    void a_relay_that_cannot_send_holds_no_more_than_it_has_room_for() throws Exception {
        CountDownLatch wake = new CountDownLatch(1);
        Copy copy = new Copy(TestInfrastructure.bootstrap(), true, before(_ -> wake.await()));
        open(copy.aggregates);
        for (int n = 0; n < 12; n++) count(copy.aggregates, n + "x".repeat(200_000));
        assertThat(copy.relay.hasLeftSome()).isTrue();

        wake.countDown();
        copy.sweeping();
        awaitEmptyOutbox();
        assertThat(firstSequences(13)).isEqualTo(upTo(13));
    }

    private interface Before {
        void send(int number) throws InterruptedException;
    }

    /// Producers that do something before each send; sends are counted over all of them.
    private static Supplier<Producer<String, byte[]>> before(Before before) {
        AtomicInteger sends = new AtomicInteger();
        return () -> around(producer(TestInfrastructure.bootstrap()), (real, record, callback) -> {
            before.send(sends.incrementAndGet());
            return real.send(record, callback);
        });
    }

    private interface Around {
        Future<?> send(Producer<String, byte[]> real, ProducerRecord<String, byte[]> record, Callback callback)
                throws Exception;
    }

    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> around(Producer<String, byte[]> real, Around around) {
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                RelayTest.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (_, method, arguments) -> method.getName().equals("send") && arguments.length == 2
                        ? around.send(real, (ProducerRecord<String, byte[]>) arguments[0], (Callback) arguments[1])
                        : method.invoke(real, arguments));
    }
}
