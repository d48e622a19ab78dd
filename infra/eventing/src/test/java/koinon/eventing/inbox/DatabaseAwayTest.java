package koinon.eventing.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.document.Aggregates;
import koinon.eventing.tally.Tally;
import koinon.eventing.tally.TallyApplication;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.TcpProxy;
import koinon.testing.infrastructure.TestInfrastructure;
import koinon.testing.infrastructure.TopicRecords;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

/// A process whose wire to the database is cut and mended.
@Tag("database")
class DatabaseAwayTest {

    private static final Actor ANNA = new Actor("anna", List.of(), null, null, Instant.parse("2026-05-04T12:00:00Z"));
    private static final String TOPIC = "koinon.elsewhere-away";

    @Test
    void what_comes_while_the_database_is_away_is_refused_or_waits_and_nothing_is_lost() throws Exception {
        String server = new ConnectionString(TestInfrastructure.database().uri())
                .getHosts()
                .getFirst();
        String id = UUID.randomUUID().toString();
        try (TcpProxy wire = new TcpProxy(Integer.parseInt(server.substring(server.indexOf(':') + 1)));
                var application = new SpringApplicationBuilder(
                                TallyApplication.class, InboxTest.ElsewhereListener.class)
                        .run(
                                "--server.port=0",
                                "--test.topic=" + TOPIC,
                                "--test.group=lonely.tally.elsewhere",
                                "--spring.application.name=lonely-" + id,
                                "--spring.mongodb.uri=mongodb://127.0.0.1:" + wire.port(),
                                "--spring.mongodb.database=koinon_test_away_" + id.substring(0, 8),
                                "--spring.kafka.bootstrap-servers=" + topic(),
                                "--koinon.identity.issuer=" + Tokens.issuer())) {
            Aggregates aggregates = application.getBean(Aggregates.class);
            MongoTemplate mongo = application.getBean(MongoTemplate.class);
            try {
                aggregates.create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
                wire.cut();

                assertThatThrownBy(() ->
                                aggregates.change(Tally.class, id, Command.of(ANNA), it -> it.count("refused", ANNA)))
                        .isInstanceOf(DataAccessException.class);
                said(id, 1, "while away");
                said(id, 2, "still away");
                wire.mend();

                await().ignoreExceptions()
                        .untilAsserted(
                                () -> assertThat(mongo.findById(id, Tally.class).counted())
                                        .containsExactly("while away", "still away"));
                await().ignoreExceptions()
                        .untilAsserted(
                                () -> assertThat(mongo.findById(id, Tally.class).outbox())
                                        .isEmpty());
                assertThat(mongo.count(new Query(), DeadLetter.class)).isZero();
                assertThat(TopicRecords.of("koinon.lonely-" + id).messages(id, 3))
                        .extracting(it -> it.headers().get("ce_sequence"))
                        .startsWith("1", "2", "3");
            } finally {
                wire.mend();
                mongo.getDb().drop();
            }
        }
    }

    private static String topic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
        }
        return TestInfrastructure.bootstrap();
    }

    private static void said(String target, long sequence, String what) throws Exception {
        String source = "away-" + target;
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", TestInfrastructure.bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            String value = "{\"target\":\"" + target + "\",\"what\":\"" + what + "\"}";
            var record = new ProducerRecord<>(TOPIC, source, value.getBytes(UTF_8));
            Map.of(
                            "ce_subject", "thing/" + source,
                            "ce_sequence", Long.toString(sequence),
                            "ce_type", "koinon.thing.said.v1",
                            "ce_time", "2026-05-04T12:00:00Z",
                            "ce_actor", "someone")
                    .forEach((name, it) -> record.headers().add(name, it.getBytes(UTF_8)));
            producer.send(record).get();
        }
    }
}
