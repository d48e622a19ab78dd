package koinon.platform.model;

/// Something that happened to an aggregate. A record holds only what happened: whose it is, its number, who and when
/// stand in the envelope. Each record carries an [EventType].
public interface DomainEvent {}
