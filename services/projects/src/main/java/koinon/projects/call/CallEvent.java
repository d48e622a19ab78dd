package koinon.projects.call;

import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventType;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to a call.
public sealed interface CallEvent extends DomainEvent {

    @EventType("koinon.call.drafted.v1")
    record CallDrafted(String title) implements CallEvent {}

    @EventType("koinon.call.terms-changed.v1")
    record TermsChanged(Terms terms) implements CallEvent {}

    /// From here on the terms are frozen under this number.
    @EventType("koinon.call.published.v1")
    record CallPublished(Integer version, Terms terms) implements CallEvent {}

    @EventType("koinon.call.decided.v1")
    record CallDecided(@Nullable String reason) implements CallEvent {}

    @EventType("koinon.call.archived.v1")
    record CallArchived() implements CallEvent {}

    @EventType("koinon.call.cancelled.v1")
    record CallCancelled(String reason) implements CallEvent {}
}
