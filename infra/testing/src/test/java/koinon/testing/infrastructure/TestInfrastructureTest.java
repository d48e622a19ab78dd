package koinon.testing.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import koinon.testing.time.TestClock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
class TestInfrastructureTest {

    @Test
    void the_database_keeps_what_is_written_under_a_name_that_nobody_else_uses() {
        String name = TestInfrastructure.freshDatabase("partstest");
        assertThat(TestInfrastructure.freshDatabase("partstest")).isNotEqualTo(name);
        TestInfrastructure.dropAtTheEnd(name);
        try (var client = MongoClients.create(TestInfrastructure.database().uri())) {
            var things = client.getDatabase(name).getCollection("things");
            things.insertOne(new Document("_id", "one"));
            assertThat(things.countDocuments()).isEqualTo(1);
        }
    }

    @Test
    void the_broker_keeps_messages_and_they_can_be_read_by_key() throws Exception {
        Map<String, Object> where = Map.of("bootstrap.servers", TestInfrastructure.bootstrap());
        try (Admin admin = Admin.create(where)) {
            admin.createTopics(List.of(new NewTopic("parts-test", 3, (short) 1)))
                    .all()
                    .get();
        }
        try (var producer = new KafkaProducer<>(where, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("parts-test", "other", "0")).get();
            producer.send(new ProducerRecord<>("parts-test", "mine", "1")).get();
            producer.send(new ProducerRecord<>("parts-test", "mine", "2")).get();
        }
        assertThat(TopicRecords.of("parts-test").messages("mine", 2))
                .extracting(TopicRecords.Message::value)
                .containsExactly("1", "2");
    }

    @Test
    void a_test_can_move_its_clock() {
        var clock = new TestClock();
        var before = clock.instant();
        clock.advance(Duration.ofDays(3));
        assertThat(clock.instant()).isAfter(before.plus(Duration.ofDays(2)));
    }
}
