package koinon.projects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import koinon.testing.infrastructure.TestInfrastructure;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/// Publishes events as other services would, on their topics; each event is sent twice, and the repetition must
/// have no effect.
public final class ForeignEvents {

    private static final KafkaProducer<String, String> PRODUCER = open();

    private ForeignEvents() {}

    /// @param event the event type without `koinon.` and `.v1`: `city.registered`
    public static void happened(String service, String id, long sequence, String event, String json) {
        String aggregate = event.substring(0, event.indexOf('.'));
        for (int i = 0; i < 2; i++) {
            ProducerRecord<String, String> record = new ProducerRecord<>("koinon." + service, id, json);
            Map.of(
                            "ce_subject",
                            aggregate + "/" + id,
                            "ce_sequence",
                            Long.toString(sequence),
                            "ce_type",
                            "koinon." + event + ".v1",
                            "ce_time",
                            Instant.now().toString(),
                            "ce_actor",
                            "someone")
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
            try {
                PRODUCER.send(record).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static void city(String id, String name, String country, String field) {
        happened(
                "cities",
                id,
                1,
                "city.registered",
                "{\"name\":\"%s\",\"country\":\"%s\",\"region\":\"Asia and the Pacific\",\"cooperating\":false}"
                        .formatted(name, country));
        happened("cities", id, 2, "city.designated", "{\"field\":\"%s\",\"year\":2019}".formatted(field));
    }

    /// A group of the cities of some countries.
    ///
    /// @param event `group.registered` or `group.changed`
    /// @param countries as JSON: `"VN","TL"`
    public static void group(String id, long sequence, String event, String countries) {
        happened("cities", id, sequence, event, """
                {"name":"A group","definition":{"otherNames":[],"countries":[%s],"cities":[],
                 "source":{"text":"News"}},"reason":"why"}""".formatted(countries));
    }

    /// An idea that a city raised in a gathering.
    public static void idea(String id, String city, String gathering) {
        happened("cities", id, 1, "idea.raised", """
                {"title":"Craft routes","text":"A route of workshops through several cities.","city":"%s",
                 "field":"Design","themes":["crafts"],"gathering":"%s"}""".formatted(city, gathering));
    }

    /// A forum of one day.
    public static void gathering(String id, String city) {
        happened("cities", id, 1, "gathering.announced", """
                {"kind":"forum","title":{"text":"A forum","language":"en"},"city":"%s",
                 "arrangements":{"days":{"first":"2027-05-10","last":"2027-05-10","zone":"Asia/Bangkok"}}}""".formatted(city));
    }

    public static void fund(String id, String funder, String currency) {
        happened(
                "funding",
                id,
                1,
                "fund.opened",
                "{\"funder\":\"%s\",\"name\":\"A fund\",\"currency\":\"%s\"}".formatted(funder, currency));
    }

    private static KafkaProducer<String, String> open() {
        Map<String, Object> server = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestInfrastructure.bootstrap());
        try (Admin admin = Admin.create(server)) {
            for (String topic : List.of("koinon.cities", "koinon.funding"))
                try {
                    admin.createTopics(List.of(new NewTopic(topic, 12, (short) 1)))
                            .all()
                            .get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) throw new IllegalStateException(e);
                }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new KafkaProducer<>(server, new StringSerializer(), new StringSerializer());
    }
}
