package koinon.gateway.reading;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The topics that are read, and the place of each of their partitions in [Offsets]: the same in every copy.
///
/// @param topics their order never changes, a later one is added at the end
@ConfigurationProperties("koinon.reading")
public record Places(List<String> topics) {

    /// Of every topic, for ever.
    public static final int PARTITIONS = 12;

    public Places {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) throw new IllegalArgumentException("koinon.reading.topics must name a topic.");
    }

    /// How many there are.
    public int count() {
        return topics.size() * PARTITIONS;
    }

    int of(String topic, int partition) {
        return topics.indexOf(topic) * PARTITIONS + partition;
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
