package koinon.eventing.reader;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import koinon.eventing.topic.OffsetVector;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The end offsets of the topics, requested on a connection of their own. A broker answers the requests of one
/// connection in turn, so on the reader's connection the answer would come only after a fetch that waits for new
/// events.
final class EndOffsets {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

    private final Function<Set<TopicPartition>, CompletionStage<Map<TopicPartition, Long>>> broker;
    private final Clock clock;
    private long asked = System.nanoTime() - INTERVAL;
    private volatile boolean asking;
    private volatile @Nullable Known known;

    /// The end offsets at one time. The time is that of the request: everything that was in the topics then is
    /// before these offsets, so a reader that has reached them knows the topics as of that time at least.
    ///
    /// @param read the offsets that had been read at that time
    record Known(Instant at, OffsetVector read, Map<TopicPartition, Long> offsets) {}

    /// @param broker returns the end offset of each partition, or fails while the broker is unavailable
    EndOffsets(Function<Set<TopicPartition>, CompletionStage<Map<TopicPartition, Long>>> broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /// Sends a request if the interval has passed, and does not wait for the answer.
    void ask(Set<TopicPartition> partitions, OffsetVector read) {
        if (asking || System.nanoTime() - asked < INTERVAL) return;
        asked = System.nanoTime();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var answer = broker.apply(Set.copyOf(partitions));
        asking = true;
        var _ = answer.whenComplete((offsets, failure) -> {
            // While the broker is unavailable, the last answer stays and its time shows its age.
            if (failure == null) known = new Known(now, read, offsets);
            asking = false;
        });
    }

    /// The last answer; absent before the first one.
    @Nullable
    Known known() {
        return known;
    }
}
