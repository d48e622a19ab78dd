package koinon.eventing.topic;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The topics that are read, and the index of each of their partitions in [OffsetVector]. The index is the same in
/// every instance, also after partitions are added.
///
/// @param topics in an order that never changes; a new topic is appended
@ConfigurationProperties("koinon.reading")
public record PartitionIndex(List<String> topics) {

    /// Number of partitions of a topic when it is created. Partitions that are added later have indexes after all
    /// of these.
    public static final int PARTITIONS = 12;

    /// Upper bound of the number of partitions in an [OffsetVector].
    static final int MOST = 10_000;

    public PartitionIndex {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) throw new IllegalArgumentException("koinon.reading.topics must name at least one topic.");
    }

    /// Lower bound of the number of partitions.
    public int count() {
        return topics.size() * PARTITIONS;
    }

    /// The index of a partition.
    public int of(String topic, int partition) {
        int index = topics.indexOf(topic);
        return partition < PARTITIONS
                ? index * PARTITIONS + partition
                : count() + (partition - PARTITIONS) * topics.size() + index;
    }

    /// The offsets before the first event.
    public OffsetVector beginning() {
        return OffsetVector.none(count());
    }

    /// @throws IllegalArgumentException when the text is not what [OffsetVector#encoded] wrote
    public OffsetVector decoded(String text) {
        return OffsetVector.decoded(text, count());
    }
}
