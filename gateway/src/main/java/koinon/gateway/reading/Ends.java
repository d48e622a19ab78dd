package koinon.gateway.reading;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Where the topics end, asked for beside the reading. A broker answers the requests of one connection in turn: asked
/// by the reader itself, the answer would come only after a fetch that waits for more, and what is new would wait for
/// both.
final class Ends {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);

    private final Function<Set<TopicPartition>, CompletionStage<Map<TopicPartition, Long>>> broker;
    private final Clock clock;
    private long asked = System.nanoTime() - LOOK;
    private volatile boolean asking;
    private volatile @Nullable Known known;

    /// Where they ended. The time is that of the question: whatever was in the topics then is before these ends, so
    /// whoever has read up to them knows the topics as of that time at least.
    ///
    /// @param read how far had been read at that time
    record Known(Instant at, Offsets read, Map<TopicPartition, Long> offsets) {}

    /// @param broker answers with the end of each partition, or fails while it is away
    Ends(Function<Set<TopicPartition>, CompletionStage<Map<TopicPartition, Long>>> broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /// Asks, if it is time to, and does not wait for the answer.
    void ask(Set<TopicPartition> partitions, Offsets read) {
        if (asking || System.nanoTime() - asked < LOOK) return;
        asked = System.nanoTime();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var answer = broker.apply(Set.copyOf(partitions));
        asking = true;
        var _ = answer.whenComplete((offsets, failure) -> {
            // While the broker is away, what is known gets older, and says so.
            if (failure == null) known = new Known(now, read, offsets);
            asking = false;
        });
    }

    /// The last answer.
    @Nullable
    Known known() {
        return known;
    }
}
