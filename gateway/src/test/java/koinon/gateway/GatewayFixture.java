package koinon.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.topics.EventRecord;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.TestInfrastructure;
import koinon.testing.time.TestClock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;

/// A gateway for tests: a real broker, no database, a clock that tests can move.
@TestConfiguration
public class GatewayFixture {

    @Bean
    static TestClock clock() {
        return new TestClock();
    }

    /// The addresses of its broker and its issuer.
    public static void properties(DynamicPropertyRegistry properties) {
        createTopics(TestInfrastructure.bootstrap());
        properties.add("spring.kafka.bootstrap-servers", TestInfrastructure::bootstrap);
        properties.add("koinon.identity.issuer", Tokens::issuer);
    }

    /// A database for tests of stored read models.
    static void database(DynamicPropertyRegistry properties) {
        String name = TestInfrastructure.ownDatabase("gateway");
        properties.add("spring.mongodb.uri", () -> TestInfrastructure.database().uri());
        properties.add("spring.mongodb.database", () -> name);
    }

    private static final List<String> TOPICS = List.of("koinon.cities", "koinon.projects", "koinon.funding");

    /// The offsets after all events that are on the topics now.
    static OffsetVector published() {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestInfrastructure.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = TOPICS.stream()
                    .flatMap(topic ->
                            IntStream.range(0, PartitionIndex.PARTITIONS).mapToObj(it -> new TopicPartition(topic, it)))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return OffsetVector.of(partitions.stream().mapToLong(ends::get).toArray());
        }
    }

    public static void createTopics() {
        createTopics(TestInfrastructure.bootstrap());
    }

    static void createTopics(String bootstrap) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            for (String it : TOPICS)
                admin.createTopics(List.of(new NewTopic(it, Optional.of(12), Optional.empty())))
                        .all()
                        .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Publishes events with another id of project and agreements, so that tests can share a broker.
    public static void publish(EventStories stories, String project) {
        publish(TestInfrastructure.bootstrap(), stories, project);
    }

    static void publish(String bootstrap, EventStories stories, String project) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            for (EventRecord it : stories.messages())
                producer.send(record(it, project)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProducerRecord<String, byte[]> record(EventRecord it, String project) {
        String subject = it.position()
                .subject()
                .replaceFirst("/p1$", "/" + project)
                .replaceFirst("^agreement/a-", "agreement/" + project + "-");
        String topic = switch (it.aggregate()) {
            case "city", "group", "gathering", "idea" -> "koinon.cities";
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
                        "ce_actor " + it.actor(),
                        "ce_state "
                                + (it.change().state() == null
                                        ? ""
                                        : it.change().state()),
                        "ce_parts " + joined(it.change().parts()),
                        "ce_sums " + joined(it.change().sums()),
                        "ce_next "
                                + it.change()
                                        .next()
                                        .replace("/p1\"", "/" + project + "\"")
                                        .replace("agreement/a-", "agreement/" + project + "-"))
                .filter(header -> !header.endsWith(" "))
                .map(header -> header.split(" ", 2))
                .forEach(header -> record.headers().add(header[0], header[1].getBytes(UTF_8)));
        return record;
    }

    private static String joined(Map<String, ?> values) {
        return values.entrySet().stream()
                .map(it -> it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining(","));
    }
}
