package koinon.bench.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Puts events into the topics as the services would have: with their envelope, numbered and chained by their
/// hashes.
final class Publisher implements AutoCloseable {

    private static final List<String> TOPICS = List.of("koinon.cities", "koinon.projects", "koinon.funding");
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final Producer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private long count;

    Publisher(String bootstrap) throws ExecutionException, InterruptedException {
        createTopics(bootstrap);
        producer = new KafkaProducer<>(
                // As the relay: what follows a refused request must not be on its way already.
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "linger.ms",
                        5,
                        "batch.size",
                        256 * 1024,
                        "max.in.flight.requests.per.connection",
                        1),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /// As the services create them.
    private static void createTopics(String bootstrap) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            for (String topic : TOPICS)
                try {
                    admin.createTopics(List.of(new NewTopic(topic, Optional.of(12), Optional.empty())
                                    .configs(Map.of("retention.ms", "-1", "retention.bytes", "-1"))))
                            .all()
                            .get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) throw e;
                }
        }
    }

    /// Sends all that happens to one project, each aggregate's events numbered from 1.
    void publish(List<ProjectLife.Event> life) {
        var sequences = new HashMap<String, Long>();
        var hashes = new HashMap<String, String>();
        for (ProjectLife.Event event : life) {
            long sequence = sequences.merge(event.subject(), 1L, Long::sum);
            hashes.put(event.subject(), publish(event, sequence, hashes.getOrDefault(event.subject(), "")));
        }
    }

    /// Sends one event.
    ///
    /// @param previous the hash of the one before it, empty at sequence 1
    /// @return its hash
    String publish(ProjectLife.Event event, long sequence, String previous) {
        var headers = new TreeMap<String, String>(Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                event.subject() + "/" + sequence,
                "ce_source",
                "/" + event.topic().replace('.', '/'),
                "ce_subject",
                event.subject(),
                "ce_type",
                event.type(),
                "ce_time",
                FIRST.plusSeconds(count).toString(),
                "ce_sequence",
                Long.toString(sequence),
                "ce_actor",
                "bench"));
        headers.putAll(event.envelope());
        if (!previous.isEmpty()) headers.put("ce_previous", previous);
        byte[] text = event.text().getBytes(UTF_8);
        var record = new ProducerRecord<String, byte[]>(event.topic(), event.id(), text);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        record.headers().add("content-type", "application/json".getBytes(UTF_8));
        sent.add(producer.send(record));
        count++;
        return hash(headers, text);
    }

    private static String hash(Map<String, String> sorted, byte[] text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] ofText = digest.digest(text);
            sorted.forEach((name, value) -> digest.update((name + "=" + value + "\n").getBytes(UTF_8)));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(ofText));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits until everything that was sent is there; refuses when something is not.
    void flush() throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> one : sent) one.get();
        sent.clear();
    }

    long count() {
        return count;
    }

    @Override
    public void close() {
        producer.close();
    }
}
