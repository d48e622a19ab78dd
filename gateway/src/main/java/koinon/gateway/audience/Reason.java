package koinon.gateway.audience;

/// Why something is as it is, and in which event that was said: its contract says who may read it.
///
/// @param type of the event
public record Reason(String type, String text) {}
