package koinon.trials.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import koinon.trials.chaos.proof.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// What strangers do at the broker.
final class Strangers {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// Of each topic a type that somebody reads, with values that it cannot have.
    private static final Map<String, String> BROKEN = Map.of(
            "koinon.cities", "city/koinon.city.registered.v1",
            "koinon.projects", "proposal/koinon.proposal.selected.v1",
            "koinon.funding", "fund/koinon.fund.reserved.v1");

    private Strangers() {}

    /// On each topic one message that is no event, and one whose data breaks its schema.
    static void poison(String bootstrap) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            BROKEN.forEach((topic, what) -> {
                var _ = producer.send(
                        new ProducerRecord<>(topic, Topics.STRANGER + "poison", "no event".getBytes(UTF_8)));
                var _ = producer.send(broken(topic, what));
            });
        }
    }

    private static ProducerRecord<String, byte[]> broken(String topic, String what) {
        String[] parts = what.split("/", 2);
        String id = Topics.STRANGER + UUID.randomUUID();
        String subject = parts[0] + "/" + id;
        var record =
                new ProducerRecord<>(topic, id, "{\"number\": {}, \"name\": [], \"amount\": \"much\"}".getBytes(UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        subject + "/1",
                        "ce_source",
                        "/koinon/" + topic.replace("koinon.", ""),
                        "ce_subject",
                        subject,
                        "ce_type",
                        parts[1],
                        "ce_time",
                        Instant.now().toString(),
                        "ce_sequence",
                        "1",
                        "ce_actor",
                        "stranger",
                        "content-type",
                        "application/json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    /// Deletes what every group of consumers has read so far; waits until the members that are gone are forgotten.
    static void forgetOffsets(String bootstrap) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Collection<String> groups = admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .toList();
            while (!areForgotten(admin, List.copyOf(groups))) {
                if (System.nanoTime() > end) throw new IOException("The groups still have members: " + groups);
                Thread.sleep(1000);
                groups = admin.listGroups().all().get().stream()
                        .map(GroupListing::groupId)
                        .toList();
            }
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    private static boolean areForgotten(Admin admin, List<String> groups)
            throws ExecutionException, InterruptedException {
        try {
            admin.deleteConsumerGroups(groups).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) return false;
            throw e;
        }
    }
}
