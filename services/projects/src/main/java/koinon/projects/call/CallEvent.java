package koinon.projects.call;

import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import org.jspecify.annotations.Nullable;

/// The events of a call.
public sealed interface CallEvent extends DomainEvent {

    @EventType("koinon.call.drafted.v1")
    record CallDrafted(String title) implements CallEvent {}

    @EventType("koinon.call.terms-changed.v1")
    record TermsChanged(Terms terms) implements CallEvent {}

    /// Freezes the terms under this version.
    @EventType("koinon.call.published.v1")
    record CallPublished(Integer version, Terms terms) implements CallEvent {}

    /// Changes the published terms: a later deadline, a corrected title, other thresholds. The terms are those of this
    /// version from now on.
    @EventType("koinon.call.amended.v1")
    record CallAmended(Integer version, Terms terms, String reason) implements CallEvent {}

    @EventType("koinon.call.decided.v1")
    record CallDecided(@Nullable String reason) implements CallEvent {}

    /// The secretariat opens a decided call again, to reverse or make decisions.
    @EventType("koinon.call.reopened.v1")
    record CallReopened(String reason) implements CallEvent {}

    /// The call was decided while this proposal, without a decision, was being submitted.
    @EventType("koinon.call.decision-lapsed.v1")
    record DecisionLapsed(String proposal) implements CallEvent {}

    /// Releases every decision that is recorded on a proposal of the call.
    ///
    /// @param number number of releases, including this one
    @EventType("koinon.call.decisions-released.v1")
    record DecisionsReleased(Integer number) implements CallEvent {}

    @EventType("koinon.call.archived.v1")
    record CallArchived() implements CallEvent {}

    @EventType("koinon.call.cancelled.v1")
    record CallCancelled(String reason) implements CallEvent {}

    @EventType("koinon.call.next-changed.v1")
    record NextChanged() implements CallEvent, NextActionsChanged {}
}
