package koinon.eventing.reader;

import java.util.function.Consumer;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.topic.PositionedEvent;
import koinon.eventing.topic.TopicLog;
import org.apache.kafka.common.TopicPartition;

/// Reads one partition from its beginning, on each call up to its current end.
public final class PartitionReader {

    private final TopicLog log;
    private final TopicPartition partition;
    private final int place;

    PartitionReader(TopicLog log, TopicPartition partition, int place) {
        this.log = log;
        this.partition = partition;
        this.place = place;
    }

    /// Index of the partition in [koinon.eventing.topic.OffsetVector].
    public int place() {
        return place;
    }

    /// Reads the events since the last call, up to the current end or a little beyond; other records are skipped.
    ///
    /// @throws org.apache.kafka.common.KafkaException when the broker is unavailable
    /// @throws koinon.eventing.command.RequestRejected.Busy when the broker stops answering
    public void readOn(Consumer<PositionedEvent> each) {
        log.readOn(partition, it -> {
            PositionedEvent event;
            try {
                event = PositionedEvent.of(it, place);
            } catch (ReceivedEvent.Unreadable _) {
                // Skipped: a [TopicsReader] reports unreadable records.
                return;
            }
            each.accept(event);
        });
    }
}
