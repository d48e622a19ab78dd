package koinon.eventing.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.topic.PositionedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// A reader whose broker is simulated by the test. No record is a valid event, so the consumer gets each as
/// unreadable.
class TopicsReaderTest implements TopicsConsumer {

    private static final PartitionIndex PARTITION_INDEX = new PartitionIndex(List.of("one", "other"));
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final MockConsumer<String, byte[]> broker = new MockConsumer<>("earliest");
    private final Queue<CompletableFuture<Map<TopicPartition, Long>>> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private CountDownLatch goOn = new CountDownLatch(0);

    @Override
    public void accept(PositionedEvent event) {}

    @Override
    public void unreadable(String what, RuntimeException why) {
        calls.add(what);
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void upTo(OffsetVector offsets) {
        calls.add("up to " + offsets.next()[0]);
    }

    @Override
    public void readToEnd(String topic, Instant at) {
        calls.add(topic + " as of " + at);
    }

    @Override
    public void truncated(String topic) {
        calls.add(topic + " is truncated");
    }

    private void partitions(String topic, int number) {
        broker.updatePartitions(
                topic,
                IntStream.range(0, number)
                        .mapToObj(it -> new PartitionInfo(topic, it, null, null, null))
                        .toList());
    }

    private TopicsReader reader(OffsetVector from) {
        for (String topic : PARTITION_INDEX.topics()) partitions(topic, PartitionIndex.PARTITIONS);
        var ends = new EndOffsets(
                _ -> {
                    var answer = new CompletableFuture<Map<TopicPartition, Long>>();
                    asked.add(answer);
                    return answer;
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
        return new TopicsReader(
                this,
                from,
                new ReentrantLock(),
                it -> new TopicsCursor(broker, PARTITION_INDEX, it),
                ends,
                PARTITION_INDEX);
    }

    private void come(int records) {
        broker.schedulePollTask(() -> {
            for (int offset = 0; offset < records; offset++)
                broker.addRecord(new ConsumerRecord<>("one", 0, offset, "key", new byte[0]));
        });
    }

    private void answer(Set<TopicPartition> partitions, long end) {
        await().until(() -> !asked.isEmpty());
        asked.remove().complete(partitions.stream().collect(Collectors.toMap(it -> it, _ -> end)));
    }

    private static Set<TopicPartition> partitions() {
        return PARTITION_INDEX.topics().stream()
                .flatMap(topic ->
                        IntStream.range(0, PartitionIndex.PARTITIONS).mapToObj(it -> new TopicPartition(topic, it)))
                .collect(Collectors.toSet());
    }

    @Test
    void closed_in_the_middle_of_a_batch_it_says_no_more() throws InterruptedException {
        goOn = new CountDownLatch(1);
        come(3);
        TopicsReader reader = reader(PARTITION_INDEX.beginning());
        begun.await();
        Thread closing = Thread.ofVirtual().start(reader::close);
        closing.join(Duration.ofMillis(200));
        goOn.countDown();
        closing.join();
        assertThat(calls).containsExactly("one/0/0");
    }

    @Test
    void partitions_that_are_added_are_read_and_the_topic_is_read_to_its_end_with_them_only() {
        var added = new TopicPartition("one", PartitionIndex.PARTITIONS);
        try (var _ = reader(PARTITION_INDEX.beginning())) {
            await().until(() -> !asked.isEmpty());
            partitions("one", PartitionIndex.PARTITIONS + 1);
            await().until(() -> broker.assignment().contains(added));
            broker.schedulePollTask(() ->
                    broker.addRecord(new ConsumerRecord<>("one", PartitionIndex.PARTITIONS, 0, "key", new byte[0])));
            await().until(() -> calls.contains("one/" + PartitionIndex.PARTITIONS + "/0"));

            calls.clear();
            // This answer does not contain the new partition.
            answer(partitions(), 0);
            await().until(() -> calls.contains("other as of " + NOW));
            assertThat(calls).doesNotContain("one as of " + NOW);
            var all = new HashSet<>(partitions());
            all.add(added);
            await().until(() -> !asked.isEmpty());
            asked.remove().complete(all.stream().collect(Collectors.toMap(it -> it, it -> it.equals(added) ? 1L : 0L)));
            await().until(() -> calls.contains("one as of " + NOW));
        }
    }

    @Test
    void reading_goes_on_while_it_is_asked_where_the_topics_end_and_is_read_to_its_end_when_that_is_known() {
        try (var _ = reader(PARTITION_INDEX.beginning())) {
            await().until(() -> !asked.isEmpty());
            come(2);
            await().until(() -> calls.contains("up to 2"));
            assertThat(calls).noneMatch(it -> it.contains("as of"));

            answer(partitions(), 0);
            await().until(() -> calls.containsAll(
                    Stream.of("one", "other").map(it -> it + " as of " + NOW).toList()));
        }
    }

    @Test
    void a_topic_that_ends_before_what_was_read_of_it_is_said_once_to_be_cut_short_and_not_to_be_read_to_its_end() {
        long[] read = PARTITION_INDEX.beginning().next();
        read[0] = 5;
        try (var _ = reader(OffsetVector.of(read))) {
            for (int time = 0; time < 9; time++) answer(partitions(), 0);
            await().until(() -> calls.contains("other as of " + NOW));
            assertThat(calls).noneMatch(it -> it.startsWith("one"));
            answer(partitions(), 0);
            await().until(() -> calls.contains("one is truncated"));
            answer(partitions(), 7);
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            assertThat(calls.stream().filter(it -> it.startsWith("one"))).containsExactly("one is truncated");
        }
    }

    @Test
    void a_topic_of_which_something_is_not_read_is_not_read_to_its_end() {
        try (var _ = reader(PARTITION_INDEX.beginning())) {
            answer(partitions(), 1);
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            assertThat(calls).isEmpty();
        }
    }
}
