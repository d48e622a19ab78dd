package koinon.eventing.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.topic.PositionedEvent;
import koinon.testing.infrastructure.TestInfrastructure;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/// What tells topics from others of the same names.
@Tag("parts")
class TopicsIdentityTest {

    private final String topic = "identity-" + UUID.randomUUID();
    private final KafkaProperties kafka = new KafkaProperties();
    private Admin admin;

    private static final class Nobody implements TopicsConsumer {

        @Override
        public void accept(PositionedEvent event) {}

        @Override
        public void unreadable(String what, RuntimeException why) {}

        @Override
        public void upTo(OffsetVector offsets) {}

        @Override
        public void readToEnd(String of, Instant at) {}

        @Override
        public void truncated(String of) {}
    }

    @BeforeEach
    void open() throws Exception {
        kafka.setBootstrapServers(List.of(TestInfrastructure.bootstrap()));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestInfrastructure.bootstrap()));
        create();
    }

    @AfterEach
    void close() {
        admin.close();
    }

    private void create() throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, PartitionIndex.PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    /// As a process finds it that starts now.
    private String identity() {
        var index = new PartitionIndex(List.of(topic));
        try (var topics = new TopicsReaderFactory(index, kafka, Clock.systemUTC());
                var _ = topics.read(new Nobody(), index.beginning(), new ReentrantLock())) {
            await().until(() -> !topics.identity().isEmpty());
            return topics.identity();
        }
    }

    @Test
    void topics_that_were_made_anew_are_others_for_every_process_and_the_same_are_the_same() throws Exception {
        String before = identity();
        assertThat(before).matches("[A-Za-z0-9_-]{8}").isEqualTo(identity());
        admin.deleteTopics(List.of(topic)).all().get();
        await().until(() -> !admin.listTopics().names().get().contains(topic));
        create();
        assertThat(identity()).isNotEqualTo(before);
    }
}
