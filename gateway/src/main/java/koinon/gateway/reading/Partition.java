package koinon.gateway.reading;

import java.util.function.Consumer;
import koinon.platform.verification.Log;
import org.apache.kafka.common.TopicPartition;

/// One partition, read to its end as often as it is asked, from its beginning on.
public final class Partition {

    private final Log log;
    private final TopicPartition partition;
    private final int place;

    Partition(Log log, TopicPartition partition, int place) {
        this.log = log;
        this.partition = partition;
        this.place = place;
    }

    /// Reads what has come since, up to where it ends now or a little beyond; what is no event is passed by.
    ///
    /// @throws org.apache.kafka.common.KafkaException when the broker is away
    /// @throws koinon.platform.document.Refused.Busy when it stops answering
    public void readOn(Consumer<Message> each) {
        log.readOn(partition, it -> {
            try {
                each.accept(Message.of(it, place));
            } catch (koinon.platform.inbox.Message.Unreadable _) {
                // Nobody can read it: it is counted where it is read for good.
            }
        });
    }
}
