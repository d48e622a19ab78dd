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
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
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

/// Plays crashes and copies of the relay on a real broker.
///
/// The application's own relay is off and its database is nobody else's: another sweep would send what a test left in
/// an
/// outbox to another topic.
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

        Copy(String bootstrap, boolean pulls, Producer<String, byte[]> producer) {
            Topic ready = new Topic(topic, Map.of("bootstrap.servers", bootstrap));
            Puller puller = new Puller(mongo);
            relay = new Relay(topic, producer, ready, puller, it -> Sweep.reload(mongo, it), mongo::getCollectionName);
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
        return test.new Copy(Parts.bootstrap(), pulls, producer(Parts.bootstrap()));
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
        Producer<String, byte[]> sleepy = before(producer(Parts.bootstrap()), n -> {
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
        Producer<String, byte[]> failing = before(producer(Parts.bootstrap()), n -> {
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
        Producer<String, byte[]> failing = before(producer(Parts.bootstrap()), n -> {
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
        Copy copy = new Copy(broker.bootstrap(), true, producer(broker.bootstrap())).sweeping();
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

    private interface Before {
        void send(int number) throws InterruptedException;
    }

    /// A producer that does something before each send.
    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> before(Producer<String, byte[]> real, Before before) {
        AtomicInteger sends = new AtomicInteger();
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                RelayTest.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("send") && arguments.length == 2) {
                        before.send(sends.incrementAndGet());
                        Future<?> sent =
                                real.send((ProducerRecord<String, byte[]>) arguments[0], (Callback) arguments[1]);
                        return sent;
                    }
                    return method.invoke(real, arguments);
                });
    }
}
