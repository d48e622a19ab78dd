package koinon.eventing.relay;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// The topic of this service. It is created when it is missing, with twelve partitions, which never change, and
/// without a retention limit. Nothing is sent until its configuration is correct; health shows the difference.
///
/// A worker checks it every few seconds. If a broker returns with an empty disk, the topic is created again, so that
/// later events are published.
final class PublishedTopic implements HealthIndicator {

    /// Never changed: an aggregate's events stay in order because its key stays in its partition.
    static final int PARTITIONS = 12;

    private static final Logger LOG = LoggerFactory.getLogger(PublishedTopic.class);
    private static final Map<String, String> KEEPS_EVERYTHING = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "-1",
            TopicConfig.CLEANUP_POLICY_CONFIG, "delete");

    private static final Duration WHEN_READY = Duration.ofSeconds(5);
    private static final Duration BEFORE = Duration.ofSeconds(1);

    private final String name;
    private final Map<String, Object> admin;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile String wrong = "not checked yet";

    PublishedTopic(String name, Map<String, Object> admin) {
        this.name = name;
        this.admin = admin;
    }

    /// Waits until the topic exists with the correct configuration.
    void await() throws InterruptedException {
        ready.await();
    }

    /// Checks with one client until that fails. No client can be created while the broker's name cannot be resolved.
    Duration watch() throws InterruptedException {
        try (Admin client = Admin.create(admin)) {
            while (true) {
                check(client);
                Thread.sleep(ready.getCount() == 0 ? WHEN_READY : BEFORE);
            }
        } catch (RuntimeException e) {
            if (ready.getCount() > 0) wrong = String.valueOf(e.getMessage());
            throw e;
        }
    }

    private void check(Admin client) throws InterruptedException {
        try {
            if (isMissing(client)) create(client);
            wrong = differences(client);
        } catch (ExecutionException e) {
            // A broker that is away after it was right stops no command, so health does not depend on it.
            if (ready.getCount() > 0) wrong = String.valueOf(e.getCause());
        }
        if (wrong.isEmpty()) ready.countDown();
        else LOG.warn("event=topic.misconfigured topic={} differences=\"{}\"", name, wrong);
    }

    private boolean isMissing(Admin client) throws ExecutionException, InterruptedException {
        try {
            client.describeTopics(Set.of(name)).allTopicNames().get();
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) return true;
            throw e;
        }
    }

    private void create(Admin client) throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(name, Optional.of(PARTITIONS), Optional.empty()).configs(KEEPS_EVERYTHING);
        try {
            client.createTopics(List.of(topic)).all().get();
            if (ready.getCount() > 0) LOG.info("event=topic.created topic={} partitions={}", name, PARTITIONS);
            else LOG.error("event=topic.recreated topic={} partitions={}", name, PARTITIONS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) throw e;
        }
    }

    private String differences(Admin client) throws ExecutionException, InterruptedException {
        TopicDescription found = requireNonNull(
                client.describeTopics(Set.of(name)).allTopicNames().get().get(name));
        if (found.partitions().size() != PARTITIONS)
            return "has " + found.partitions().size() + " partitions and must have " + PARTITIONS;
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config = requireNonNull(
                client.describeConfigs(Set.of(resource)).all().get().get(resource));
        return KEEPS_EVERYTHING.entrySet().stream()
                .filter(it -> !it.getValue().equals(config.get(it.getKey()).value()))
                .map(it -> it.getKey() + " must be " + it.getValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public Health health() {
        return wrong.isEmpty()
                ? Health.up().build()
                : Health.down()
                        .withDetail("topic", name)
                        .withDetail("reason", wrong)
                        .build();
    }
}
