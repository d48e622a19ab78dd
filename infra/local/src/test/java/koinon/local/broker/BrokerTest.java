package koinon.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koinon.local.process.CannotStart;
import koinon.local.process.Ports;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("parts")
class BrokerTest {

    @TempDir
    Path folder;

    @Test
    @Tag("restarts")
    void what_was_acknowledged_survives_a_kill_and_groups_go_on() throws Exception {
        int port = Ports.free();
        try (Broker broker = Broker.start(folder, port);
                var admin = Admin.create(settings(broker))) {
            admin.createTopics(List.of(new NewTopic("koinon.things", 3, (short) 1)))
                    .all()
                    .get();
            send(broker, "first");
            assertThat(received(broker)).containsExactly("first");
            send(broker, "second");
            broker.kill();
            assertThat(broker.isAlive()).isFalse();
        }
        try (Broker broker = Broker.start(folder, port)) {
            assertThat(received(broker)).containsExactly("second");
        }
    }

    @Test
    void a_broker_whose_port_is_in_use_says_so() {
        int port = Ports.free();
        try (Broker _ = Broker.start(folder.resolve("one"), port)) {
            assertThatThrownBy(() -> Broker.start(folder.resolve("two"), port).close())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("broker")
                    .hasMessageContaining("" + port);
        }
    }

    private static void send(Broker broker, String value) throws Exception {
        try (var producer = new KafkaProducer<>(settings(broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("koinon.things", "key", value)).get();
        }
    }

    private static List<String> received(Broker broker) {
        var settings = settings(broker);
        settings.putAll(Map.of("group.id", "test.things", "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("koinon.things"));
            int attempts = 300 * Integer.getInteger("test.patience", 1);
            for (int attempt = 0; attempt < attempts; attempt++) {
                var records = consumer.poll(Duration.ofMillis(200));
                if (records.isEmpty()) continue;
                consumer.commitSync();
                return records.records(records.partitions().iterator().next()).stream()
                        .map(it -> it.value())
                        .toList();
            }
            return List.of();
        }
    }

    private static Map<String, Object> settings(Broker broker) {
        return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrap(), "acks", "all"));
    }
}
