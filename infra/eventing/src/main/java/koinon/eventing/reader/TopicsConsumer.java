package koinon.eventing.reader;

import java.time.Instant;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PositionedEvent;

/// A consumer of all events of some topics. One thread calls it, with the events of each partition in order.
public interface TopicsConsumer {

    /// Applies an event; a duplicate has no effect.
    void accept(PositionedEvent event);

    /// A record that cannot be read, or that [#accept] failed on; the next ones follow.
    ///
    /// @param what topic, partition and offset
    void unreadable(String what, RuntimeException why);

    /// All events up to these offsets have been passed on.
    void upTo(OffsetVector offsets);

    /// All events that were in the topic at this time have been passed on.
    void readToEnd(String topic, Instant at);

    /// The topic ends before the offset up to which it had been read: it was created again, or has lost events.
    /// Called once; [#readToEnd] is not called for the topic any more.
    void truncated(String topic);
}
