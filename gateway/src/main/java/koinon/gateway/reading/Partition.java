package koinon.gateway.reading;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// One partition, read to its end as often as it is asked, from its beginning on.
public final class Partition {

    private static final Duration POLL = Duration.ofMillis(100);

    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final int place;

    Partition(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, TopicPartition partition, int place) {
        this.consumer = consumer;
        this.partition = partition;
        this.place = place;
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /// Reads what has come since, up to where it ends now; what is no event is passed by.
    ///
    /// @throws org.apache.kafka.common.KafkaException when the broker is away
    public void readOn(Consumer<Message> each) {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end)
            for (ConsumerRecord<String, byte[]> it : consumer.poll(POLL)) {
                try {
                    each.accept(Message.of(it, place));
                } catch (koinon.platform.inbox.Message.Unreadable _) {
                    // Nobody can read it: it is counted where it is read for good.
                }
            }
    }
}
