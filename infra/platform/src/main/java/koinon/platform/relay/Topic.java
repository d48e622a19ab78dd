package koinon.platform.relay;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/// The topic of this service: created when it is missing, with twelve partitions that never change and nothing ever
/// deleted. Nothing is sent before it is right, and health says why.
///
/// It is looked at again every few seconds: a broker that came back with an empty disk gets it anew, so that what
/// happens from then on is heard.
final class Topic implements HealthIndicator, SmartLifecycle {

    /// Never changed: an aggregate's events stay in order because its key stays in its partition.
    static final int PARTITIONS = 12;

    private static final Logger LOG = LoggerFactory.getLogger(Topic.class);
    private static final Map<String, String> KEEPS_EVERYTHING = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "-1",
            TopicConfig.CLEANUP_POLICY_CONFIG, "delete");

    private final String name;
    private final Map<String, Object> admin;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile String wrong = "not checked yet";
    private @Nullable Thread thread;
    private volatile boolean running;

    Topic(String name, Map<String, Object> admin) {
        this.name = name;
        this.admin = admin;
    }

    /// Waits until the topic is there and right.
    void await() throws InterruptedException {
        ready.await();
    }

    private void work() {
        try {
            while (running) {
                lookWithOneClient();
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Until it fails: a client cannot even be made while the name of the broker is unknown.
    private void lookWithOneClient() throws InterruptedException {
        try (Admin client = Admin.create(admin)) {
            while (running) {
                check(client);
                TimeUnit.SECONDS.sleep(ready.getCount() == 0 ? 5 : 1);
            }
        } catch (RuntimeException e) {
            if (ready.getCount() > 0) wrong = String.valueOf(e.getMessage());
            LOG.warn("Topic {} cannot be looked at: {}", name, e.toString());
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
        else LOG.warn("Topic {} is not as it must be: {}", name, wrong);
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
            if (ready.getCount() > 0) LOG.info("Created topic {} with {} partitions", name, PARTITIONS);
            else LOG.error("Topic {} was gone with all that was on it, and was created again", name);
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

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("relay-topic").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        if (thread != null) thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
