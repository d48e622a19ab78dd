package koinon.gateway.audience;

import koinon.eventing.redaction.FreeText;

/// A reason and the event that contains it; the contract of the event says who may read it.
///
/// @param type of the event
public record Reason(String type, @FreeText String text) {}
