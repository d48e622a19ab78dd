package koinon.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import koinon.gateway.reading.Message;
import koinon.testing.Parts;
import koinon.testing.TestClock;
import koinon.testing.Tokens;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;

/// A gateway as tests start it: on a real broker, without any database, with a clock that can be moved.
@TestConfiguration
public class Running {

    @Bean
    static TestClock clock() {
        return new TestClock();
    }

    /// Where it finds its broker and whose tokens it takes.
    public static void properties(DynamicPropertyRegistry properties) {
        createTopics(Parts.bootstrap());
        properties.add("spring.kafka.bootstrap-servers", Parts::bootstrap);
        properties.add("koinon.identity.issuer", Tokens::issuer);
    }

    /// A database of its own, for tests of what is stored.
    static void database(DynamicPropertyRegistry properties) {
        String name = Parts.ownDatabase("gateway");
        properties.add("spring.mongodb.uri", () -> Parts.database().uri());
        properties.add("spring.mongodb.database", () -> name);
    }

    static void createTopics(String bootstrap) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            for (String it : List.of("koinon.cities", "koinon.projects", "koinon.funding"))
                admin.createTopics(List.of(new NewTopic(it, Optional.of(12), Optional.empty())))
                        .all()
                        .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Publishes what happens, the project and its agreements under another id, so that tests share a broker.
    public static void publish(Happenings happenings, String project) {
        publish(Parts.bootstrap(), happenings, project);
    }

    static void publish(String bootstrap, Happenings happenings, String project) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            for (Message it : happenings.messages())
                producer.send(record(it, project)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProducerRecord<String, byte[]> record(Message it, String project) {
        String subject = it.position()
                .subject()
                .replaceFirst("/p1$", "/" + project)
                .replaceFirst("^agreement/a-", "agreement/" + project + "-");
        String topic = switch (it.aggregate()) {
            case "city" -> "koinon.cities";
            case "call", "proposal", "project" -> "koinon.projects";
            default -> "koinon.funding";
        };
        var record = new ProducerRecord<String, byte[]>(
                topic,
                subject.substring(subject.indexOf('/') + 1),
                it.text().replace("\"p1\"", "\"" + project + "\"").getBytes(UTF_8));
        Stream.of(
                        "ce_id " + subject + "/" + it.position().sequence(),
                        "ce_subject " + subject,
                        "ce_type " + it.type(),
                        "ce_time " + it.at(),
                        "ce_sequence " + it.position().sequence(),
                        "ce_actor " + it.actor())
                .map(header -> header.split(" ", 2))
                .forEach(header -> record.headers().add(header[0], header[1].getBytes(UTF_8)));
        return record;
    }
}
