package koinon.gateway.reading;

/// Something that is made of events. Called by one thread only; each event once, in the order of its aggregate.
public interface Fold {

    /// Takes in what one event says.
    void on(Message message);

    /// Everything up to these offsets has been taken in.
    default void upTo(Offsets offsets) {}
}
