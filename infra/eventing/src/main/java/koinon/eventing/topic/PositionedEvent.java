package koinon.eventing.topic;

import koinon.eventing.inbox.ReceivedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// An event with the offset at which it was read.
///
/// @param place index of its partition in [OffsetVector]
/// @param offset its offset in that partition
public record PositionedEvent(ReceivedEvent event, int place, long offset) {

    /// @throws ReceivedEvent.Unreadable when the record is no event
    public static PositionedEvent of(ConsumerRecord<String, byte[]> record, int place) {
        return new PositionedEvent(ReceivedEvent.of(record), place, record.offset());
    }
}
