package koinon.funding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.testing.infrastructure.TestInfrastructure;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/// Publishes events as the services of projects and cities would, on their topics.
final class ForeignProjects {

    private static final String TOPIC = "koinon.projects";
    private static final KafkaProducer<String, String> PRODUCER = open();

    private ForeignProjects() {}

    /// The events of one project, from its selection.
    static final class Project {

        final String id = UUID.randomUUID().toString();
        final String call;
        private final AtomicLong ofProposal = new AtomicLong(6);
        private final AtomicLong ofProject = new AtomicLong();

        private Project(String call) {
            this.call = call;
        }

        /// @param grants fund ids, each asked for 85,000.00 EUR
        void selected(int selection, String... grants) {
            proposal("selected", """
                    {"selection":%d,"call":"%s","lead":"vn-hanoi","reason":"The best.","partners":[
                    {"city":"vn-hanoi","grant":{"amount":"45000.00","currency":"EUR"},"coFinancing":{"amount":"0.00","currency":"EUR"}},
                    {"city":"ph-cebu-city","grant":{"amount":"40000.00","currency":"EUR"},"coFinancing":{"amount":"0.00","currency":"EUR"}}],
                    "grants":[%s]}""".formatted(
                    selection, call, Stream.of(grants).map(Project::grant).collect(Collectors.joining(","))));
        }

        private static String grant(String fund) {
            return "{\"fund\":\"%s\",\"amount\":{\"amount\":\"85000.00\",\"currency\":\"EUR\"},\"beneficiary\":\"vn-hanoi\"}"
                    .formatted(fund);
        }

        void reserveListed(int selection, String reason) {
            proposal("reserve-listed", "{\"selection\":%d,\"reason\":\"%s\"}".formatted(selection, reason));
        }

        void approved(int selection) {
            proposal("approved", """
                    {"selection":%d,"award":{"title":"Craft routes","milestones":[
                    {"id":"m1","title":"Opening","due":"2026-06-01","tranche":"interim","weight":3},
                    {"id":"m2","title":"Fair","due":"2026-09-01","tranche":"interim","weight":2}],
                    "tranches":[{"id":"advance","share":0.5,"waitsFor":"in-force"},
                    {"id":"interim","share":0.3,"waitsFor":"milestones"},
                    {"id":"balance","share":0.2,"waitsFor":"completion"}]}}""".formatted(selection));
        }

        void started() {
            project("started", "{}");
        }

        void decided(String what) {
            project(what, "{\"reason\":\"The secretariat decided so.\"}");
        }

        void verified(String milestone, String achieved) {
            project("milestone-verified", "{\"milestone\":\"%s\",\"achieved\":%s}".formatted(milestone, achieved));
        }

        void withdrawn(String milestone) {
            project(
                    "verification-withdrawn",
                    "{\"milestone\":\"%s\",\"reason\":\"The lists were of another event.\"}".formatted(milestone));
        }

        private void proposal(String type, String json) {
            send("proposal", ofProposal.incrementAndGet(), type, json);
        }

        private void project(String type, String json) {
            send("project", ofProject.incrementAndGet(), type, json);
        }

        private void send(String aggregate, long sequence, String type, String json) {
            ForeignProjects.send(id, aggregate, sequence, type, json);
            // Each event is sent twice: the repetition must have no effect.
            ForeignProjects.send(id, aggregate, sequence, type, json);
        }
    }

    static Project answering(String call) {
        return new Project(call);
    }

    /// What happens to a city, as the service of cities would say it.
    static void city(String id, long sequence, String type, String json) {
        send("koinon.cities", id, "city", sequence, type, json);
    }

    private static void send(String id, String aggregate, long sequence, String type, String json) {
        send(TOPIC, id, aggregate, sequence, type, json);
    }

    private static void send(String topic, String id, String aggregate, long sequence, String type, String json) {
        var record = new ProducerRecord<>(topic, id, json);
        Map.of(
                        "ce_subject",
                        aggregate + "/" + id,
                        "ce_sequence",
                        Long.toString(sequence),
                        "ce_type",
                        "koinon." + aggregate + "." + type + ".v1",
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

    private static KafkaProducer<String, String> open() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.bootstrap()))) {
            for (String topic : List.of(TOPIC, "koinon.cities"))
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
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestInfrastructure.bootstrap(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(),
                new StringSerializer());
    }
}
