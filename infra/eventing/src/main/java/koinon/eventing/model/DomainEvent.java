package koinon.eventing.model;

/// An event of an aggregate. The record contains only what happened; aggregate, sequence, actor and time are in the
/// envelope. Each record carries an [EventType].
public interface DomainEvent {

    /// Says that the next actions of the aggregate have changed, and nothing else. ETags, timelines and the time of
    /// the last change ignore it, and no service reacts to it.
    interface NextActionsChanged extends DomainEvent {}

    /// Says that a text is redacted: no reader shows it any more, wherever it stands. It contains no text but the
    /// reason.
    interface TextRedacted extends DomainEvent {

        /// Of the text ([koinon.eventing.redaction.Redactions#digest]).
        String digest();

        String reason();
    }
}
