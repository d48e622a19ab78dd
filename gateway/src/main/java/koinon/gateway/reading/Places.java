package koinon.gateway.reading;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The topics that are read, and the place of each of their partitions in [Offsets]: the same in every copy, also when
/// partitions are added.
///
/// @param topics their order never changes, a later one is added at the end
@ConfigurationProperties("koinon.reading")
public record Places(List<String> topics) {

    /// Of every topic as it is created. What is added later has places behind all of these.
    public static final int PARTITIONS = 12;

    /// More places than this nobody has.
    static final int MOST = 10_000;

    public Places {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) throw new IllegalArgumentException("koinon.reading.topics must name a topic.");
    }

    /// How many there are at least.
    public int count() {
        return topics.size() * PARTITIONS;
    }

    int of(String topic, int partition) {
        int index = topics.indexOf(topic);
        return partition < PARTITIONS
                ? index * PARTITIONS + partition
                : count() + (partition - PARTITIONS) * topics.size() + index;
    }

    /// Nothing of them has been read.
    public Offsets beginning() {
        return Offsets.none(count());
    }

    /// @throws koinon.platform.model.Invalid when the text is not what [Offsets#encoded] wrote
    public Offsets decoded(String text) {
        return Offsets.decoded(text, count());
    }
}
