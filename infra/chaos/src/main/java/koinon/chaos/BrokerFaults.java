package koinon.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import koinon.chaos.proof.TopicCheck;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Faults that other programs cause at the broker.
final class BrokerFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Of each topic a type that somebody reads, with values that it cannot have.
    private static final Map<String, String> BROKEN = Map.of(
            "koinon.cities", "city/koinon.city.registered.v1",
            "koinon.projects", "proposal/koinon.proposal.selected.v1",
            "koinon.funding", "fund/koinon.fund.reserved.v1");

    private BrokerFaults() {}

    /// On each topic one message that is no event, and one whose data breaks its schema.
    ///
    /// @return where each stands, `<topic>/<partition>/<offset>`
    static Set<String> poison(String bootstrap) throws ExecutionException, InterruptedException {
        Set<String> places = new TreeSet<>();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            for (var one : BROKEN.entrySet())
                for (var record : List.of(
                        new ProducerRecord<>(one.getKey(), TopicCheck.FOREIGN + "poison", "no event".getBytes(UTF_8)),
                        broken(one.getKey(), one.getValue()))) {
                    RecordMetadata sent = producer.send(record).get();
                    places.add("%s/%05d/%019d".formatted(sent.topic(), sent.partition(), sent.offset()));
                }
        }
        return places;
    }

    /// Waits until each of these places is among the dead letters of some service.
    ///
    /// @param services where each answers
    static void awaitSetAside(Set<String> places, List<String> services, String token)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<String> missing = new TreeSet<>(places);
        while (true) {
            for (String service : services)
                for (String letter : letters(service, token)) missing.removeIf(letter::endsWith);
            if (missing.isEmpty()) return;
            if (System.nanoTime() > end) throw new IOException("Nobody set aside " + missing);
            Thread.sleep(500);
        }
    }

    private static List<String> letters(String service, String token) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        String after = "";
        try (HttpClient http = HttpClient.newHttpClient()) {
            do {
                URI address = URI.create("http://" + service + "/operations/dead-letters" + after);
                var request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
                var answer = http.send(request.build(), BodyHandlers.ofString());
                if (answer.statusCode() != 200) throw new IOException(address + " answered " + answer.body());
                JsonNode page = JSON.readTree(answer.body());
                page.path("items").forEach(it -> ids.add(it.path("id").asString()));
                String next = page.path("next").asString("");
                after = next.isEmpty() ? "" : "?after=" + URLEncoder.encode(next, UTF_8);
            } while (!after.isEmpty());
        }
        return ids;
    }

    private static ProducerRecord<String, byte[]> broken(String topic, String what) {
        String[] parts = what.split("/", 2);
        String id = TopicCheck.FOREIGN + UUID.randomUUID();
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
