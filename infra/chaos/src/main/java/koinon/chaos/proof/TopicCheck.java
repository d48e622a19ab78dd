package koinon.chaos.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// Everything on all topics, as somebody reads it who trusts nobody: read once, and read on when asked again.
public final class TopicCheck implements AutoCloseable {

    /// Who publishes with a key that begins so is no part of Koinon.
    public static final String FOREIGN = "chaos-";

    private static final List<String> NAMES = List.of("koinon.cities", "koinon.projects", "koinon.funding");
    private static final Pattern MARK = Pattern.compile("m[0-9a-f]{32}");
    private static final Pattern PROJECT = Pattern.compile("\"project\":\"([0-9a-f-]{36})\"");

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Map<String, Last> subjects = new HashMap<>();
    private final Map<String, String> hashes = new HashMap<>();
    private final Map<String, Integer> marks = new HashMap<>();
    private final Map<String, String> projects = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private int again;

    /// The newest event of an aggregate and the hash that the next one is to name.
    private record Last(long sequence, String hash) {}

    public TopicCheck(String bootstrap) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        for (String topic : NAMES)
            for (var it : consumer.partitionsFor(topic)) partitions.add(new TopicPartition(topic, it.partition()));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// Reads all that is there now.
    public void readOn() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(it -> consumer.position(it.getKey()) < it.getValue()))
            consumer.poll(Duration.ofMillis(200)).forEach(this::read);
    }

    private void read(ConsumerRecord<String, byte[]> event) {
        if (event.key() != null && event.key().startsWith(FOREIGN)) return;
        TreeMap<String, String> headers = new TreeMap<>();
        for (Header it : event.headers())
            if (it.key().startsWith("ce_")) headers.put(it.key(), new String(it.value(), UTF_8));
        String id = headers.getOrDefault("ce_id", event.topic() + "/" + event.partition() + "@" + event.offset());
        String hash = hash(headers, event.value());
        String before = hashes.putIfAbsent(id, hash);
        if (before != null) {
            again++;
            if (!before.equals(hash)) broken.add(id + " was published with two contents");
            return;
        }
        follow(id, headers, hash);
        String text = new String(event.value(), UTF_8);
        place(headers.getOrDefault("ce_subject", ""), text);
        var found = MARK.matcher(text);
        while (found.find()) marks.merge(found.group(), 1, Integer::sum);
    }

    private void follow(String id, Map<String, String> headers, String hash) {
        String subject = headers.getOrDefault("ce_subject", "");
        long sequence = Long.parseLong(headers.getOrDefault("ce_sequence", "-1"));
        @Nullable Last last = subjects.put(subject, new Last(sequence, hash));
        if (sequence != (last == null ? 1 : last.sequence() + 1))
            broken.add(id + " comes after " + (last == null ? "nothing" : "number " + last.sequence()));
        else if (last != null && !last.hash().equals(headers.get("ce_previous")))
            broken.add(id + " does not follow from the event before it");
    }

    /// A proposal and its project have one id; what is said of an agreement names its project.
    private void place(String subject, String text) {
        String[] parts = subject.split("/", 2);
        if (parts[0].equals("proposal") || parts[0].equals("project")) projects.put(subject, parts[1]);
        var named = PROJECT.matcher(text);
        if (parts[0].equals("agreement") && named.find()) projects.put(subject, named.group(1));
    }

    /// The project of each subject whose events a status is made of.
    public Map<String, String> projects() {
        return Map.copyOf(projects);
    }

    private static String hash(SortedMap<String, String> headers, byte[] value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] ofValue = digest.digest(value);
            headers.forEach((name, it) -> digest.update((name + "=" + it + "\n").getBytes(UTF_8)));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(ofValue));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// How many different events there are.
    public int events() {
        return hashes.size();
    }

    /// How often an event was there once more, which no reader may notice.
    public int again() {
        return again;
    }

    /// Gaps, contents that differ, chains that do not hold.
    public Set<String> broken() {
        return Set.copyOf(broken);
    }

    /// What was acknowledged and is in no event.
    public List<String> lost(Collection<String> positions, Collection<String> texts) {
        var lost = new ArrayList<>(
                positions.stream().filter(it -> !hashes.containsKey(it)).toList());
        lost.addAll(texts.stream().filter(it -> !marks.containsKey(it)).toList());
        return lost;
    }

    /// Texts that are in more than one event although their command was to be done once.
    public List<String> twice() {
        return marks.entrySet().stream()
                .filter(it -> it.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
