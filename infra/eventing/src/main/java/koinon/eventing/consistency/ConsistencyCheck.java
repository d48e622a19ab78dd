package koinon.eventing.consistency;

import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.model.Aggregate;

/// A further check of a feature, such as one that compares a ledger with the events that it lists. It is a
/// component of scope `prototype`: each verification uses its own instance.
///
/// The service goes on during the verification. A check therefore ignores what is newer than the events that it has
/// read: it reads the stored documents first and their events afterwards, or it compares again.
public interface ConsistencyCheck {

    /// Called before the topic is read.
    default void begin() {}

    /// Called for each event on the service's topic: once, and in order within an aggregate.
    void onEvent(ReceivedEvent event, ConsistencyReport report);

    /// Called for each stored aggregate that equals its events, after the last of these events.
    default void stored(Aggregate<?> aggregate, ConsistencyReport report) {}

    /// Called when everything was read.
    void conclude(ConsistencyReport report);
}
