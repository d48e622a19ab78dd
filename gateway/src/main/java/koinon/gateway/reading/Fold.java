package koinon.gateway.reading;

import java.time.Instant;

/// Something that is made of events. Called by one thread only, each partition in its order.
public interface Fold {

    /// Takes in what one event says; a duplicate has no effect.
    void heard(Message message);

    /// An event that cannot be read: the rest goes on.
    void unreadable(String what, RuntimeException why);

    /// Everything up to these offsets has been taken in.
    void upTo(Offsets offsets);

    /// Every event that was in the topic at this time has been taken in.
    void readToItsEnd(String topic, Instant at);

    /// The topic ends before what has been read of it: it was created anew, or has lost events. Said once; it is not
    /// said to be read to its end any more.
    void cutShort(String topic);
}
