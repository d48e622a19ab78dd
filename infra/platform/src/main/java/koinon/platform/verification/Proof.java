package koinon.platform.verification;

import koinon.platform.inbox.Message;
import koinon.platform.model.Aggregate;

/// What a feature proves beyond its aggregates, such as a ledger that lists what they posted: a component of scope
/// `prototype`, for each verification has its own.
///
/// The service goes on meanwhile, so what is newer than what was read proves nothing: what is stored is read first
/// and its events after it, or it is looked at again.
public interface Proof {

    /// Nothing has been read of the topic yet.
    default void begin() {}

    /// An event on the topic of this service: each once, those of one aggregate in their order.
    void happened(Message event, Findings findings);

    /// An aggregate as it is stored, which is as its events say: all of them have happened here, and none after them.
    default void stored(Aggregate<?> aggregate, Findings findings) {}

    /// Everything was read.
    void conclude(Findings findings);
}
