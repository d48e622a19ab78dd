package koinon.platform.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import koinon.local.broker.Broker;
import koinon.local.process.Ports;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Command;
import koinon.platform.document.Outlet;
import koinon.platform.document.Writers;
import koinon.platform.model.By;
import koinon.platform.model.OutboxEntry;
import koinon.platform.tally.Tally;
import koinon.platform.tally.TallyApplication;
import koinon.testing.Parts;
import koinon.testing.RealParts;
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
/// The application's own relay is off and its database is nobody else's: another sweep would send what a test left in
/// an outbox to another topic.
@RealParts
@SpringBootTest(
        classes = {TallyApplication.class, RelayTest.Silent.class},
        properties = {"spring.application.name=tallies", "koinon.relay.enabled=false"})
class RelayTest {

    /// Publishes nothing.
    @TestConfiguration
    static class Silent {

        @Bean
        Outlet outlet() {
            return _ -> {};
        }
    }

    private static final By ANNA = new By("anna", List.of(), null, null, Instant.parse("2026-05-04T12:00:00Z"));

    @Autowired
    private MongoTemplate mongo;

    private final String topic = "koinon.relay-" + UUID.randomUUID();
    private final String id = UUID.randomUUID().toString();
    private final List<Runnable> open = new ArrayList<>();

    @AfterEach
    void stop() {
        open.reversed().forEach(Runnable::run);
        mongo.remove(new Tally(id));
    }

    /// A copy of the relay.
    private final class Copy {

        private final Relay relay;
        private final Aggregates aggregates;
        private final Sweep sweep;

        Copy(String bootstrap, boolean pulls, Supplier<Producer<String, byte[]>> producers) {
            Topic ready = new Topic(topic, Map.of("bootstrap.servers", bootstrap));
            Puller puller = new Puller(mongo);
            relay = new Relay(
                    topic,
                    new Sender(producers),
                    ready,
                    puller,
                    it -> Sweep.reload(mongo, it),
                    mongo::getCollectionName);
            sweep = new Sweep(mongo, relay, () -> List.of(Tally.class));
            aggregates = Writers.with(mongo, relay);
            ready.start();
            relay.start();
            if (pulls) puller.start();
            open.add(() -> {
                sweep.stop();
                ready.stop();
                relay.stop();
                puller.stop();
            });
        }

        Copy sweeping() {
            sweep.start();
            return this;
        }
    }

    private static Producer<String, byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "linger.ms",
                        0,
                        "delivery.timeout.ms",
                        Integer.MAX_VALUE,
                        "max.block.ms",
                        1_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static Copy copyOf(RelayTest test, boolean pulls) {
        return test.new Copy(Parts.bootstrap(), pulls, () -> producer(Parts.bootstrap()));
    }

    private void open(Aggregates aggregates) {
        aggregates.create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
    }

    private void count(Aggregates aggregates, String what) {
        aggregates.change(Tally.class, id, Command.of(ANNA), it -> it.count(what, ANNA));
    }

    private List<koinon.testing.Topic.Message> messages(int atLeast) {
        return koinon.testing.Topic.of(topic).messages(id, atLeast);
    }

    /// The sequences in the order in which each first appears.
    private static List<String> sequences(List<koinon.testing.Topic.Message> messages) {
        return new ArrayList<>(new LinkedHashSet<>(
                messages.stream().map(it -> it.headers().get("ce_sequence")).toList()));
    }

    /// The first sequences in the order in which each first appears, however often they are repeated.
    private List<String> firstSequences(int number) {
        for (int atLeast = number; ; atLeast++) {
            List<koinon.testing.Topic.Message> found = messages(atLeast);
            List<String> sequences = sequences(found);
            if (sequences.size() >= number || found.size() < atLeast) return sequences;
        }
    }

    private static List<String> upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }

    private void awaitEmptyOutbox() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
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
        copy.relay.found(new Unsent("others", id, List.of(first)));
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

        List<koinon.testing.Topic.Message> all = messages(4);
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
        Copy sleeping = new Copy(Parts.bootstrap(), true, sleepy);
        open(sleeping.aggregates);
        asleep.await();
        Copy awake = copyOf(this, true);
        count(awake.aggregates, "one");

        assertThat(sequences(messages(2))).containsExactly("1", "2");
        wake.countDown();
        List<koinon.testing.Topic.Message> all = messages(3);
        assertThat(all).hasSize(3);
        assertThat(sequences(all)).containsExactly("1", "2");
    }

    @Test
    void a_send_that_fails_is_made_good_before_anything_later_is_sent() {
        Supplier<Producer<String, byte[]>> failing = before(n -> {
            if (n == 2) throw new IllegalStateException("no memory for this one");
        });
        Copy copy = new Copy(Parts.bootstrap(), true, failing);
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
        new Copy(Parts.bootstrap(), true, failing).sweeping();

        assertThat(sequences(messages(3))).containsExactly("1", "2", "3");
        awaitEmptyOutbox();
    }

    @Test
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
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Parts.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, Topic.PARTITIONS, (short) 1)
                            .configs(Map.of(
                                    "retention.ms", "-1", "retention.bytes", "-1", "max.message.bytes", "3000"))))
                    .all()
                    .get();
            Copy copy = copyOf(this, true);
            open(copy.aggregates);
            copy.aggregates.change(Tally.class, id, Command.of(ANNA), it -> {
                it.count("one", ANNA);
                it.count("x".repeat(5_000), ANNA);
                it.count("three", ANNA);
            });
            count(copy.aggregates, "four");
            assertThat(sequences(messages(2))).containsExactly("1", "2");
            await().atMost(Duration.ofSeconds(10)).until(() -> copy.relay.depth() == 0);

            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            AlterConfigOp larger =
                    new AlterConfigOp(new ConfigEntry("max.message.bytes", "1000000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(larger)))
                    .all()
                    .get();
        }
        awaitEmptyOutbox();
        assertThat(firstSequences(5)).isEqualTo(upTo(5));
    }

    @Test
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
    void a_filled_outbox_is_found_by_an_index() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(mongo.indexOps(Tally.class).getIndexInfo())
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
            for (int n = 0; n < 50; n++) tally.count("n" + n, ANNA);
            dies.create(tally, Command.of(ANNA));
        }
        Copy copy = new Copy(Parts.bootstrap(), true, before(_ -> Thread.sleep(10))).sweeping();
        await().until(() -> copy.relay.depth() > 0);
        open(copy.aggregates);

        assertThat(sequences(messages(1))).containsExactly("1");
        assertThat(koinon.testing.Topic.of(topic).messages(others.getLast(), 51))
                .hasSize(51);
        others.forEach(it -> mongo.remove(new Tally(it)));
    }

    @Test
    void a_relay_that_cannot_send_holds_no_more_than_it_has_room_for() throws Exception {
        CountDownLatch wake = new CountDownLatch(1);
        Copy copy = new Copy(Parts.bootstrap(), true, before(_ -> wake.await()));
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
        return () -> around(producer(Parts.bootstrap()), (real, record, callback) -> {
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
