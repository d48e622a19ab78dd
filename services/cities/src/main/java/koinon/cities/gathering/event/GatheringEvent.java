package koinon.cities.gathering.event;

import koinon.cities.fact.LocalName;
import koinon.cities.gathering.attendance.Headcount;
import koinon.cities.gathering.attendance.ReportedAttendance;
import koinon.cities.gathering.programme.Arrangements;
import koinon.cities.gathering.programme.DocumentReference;
import koinon.cities.gathering.programme.Session;
import koinon.cities.gathering.programme.SiteVisit;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;

/// The events of a gathering.
public sealed interface GatheringEvent extends DomainEvent {

    /// An event of its programme.
    sealed interface ProgrammeEvent extends GatheringEvent {}

    /// An event of the delegation of a city.
    sealed interface DelegationEvent extends GatheringEvent {

        String city();
    }

    /// An event of a report of who came.
    sealed interface ReportEvent extends GatheringEvent {}

    /// @param kind code of the [koinon.cities.gathering.programme.GatheringKind]
    /// @param city id of the host city
    @EventType("koinon.gathering.announced.v1")
    record GatheringAnnounced(String kind, LocalName title, String city, Arrangements arrangements)
            implements GatheringEvent {}

    /// The arrangements replace those before.
    @EventType("koinon.gathering.amended.v1")
    record GatheringAmended(
            Arrangements arrangements, @FreeText String reason) implements GatheringEvent {}

    /// A session was added, or replaces the one of its id.
    @EventType("koinon.gathering.session-planned.v1")
    record SessionPlanned(Session session) implements ProgrammeEvent {}

    @EventType("koinon.gathering.session-removed.v1")
    record SessionRemoved(String session, @FreeText String reason) implements ProgrammeEvent {}

    /// A site visit was added, or replaces the one of its id.
    @EventType("koinon.gathering.visit-planned.v1")
    record VisitPlanned(SiteVisit visit) implements ProgrammeEvent {}

    @EventType("koinon.gathering.visit-removed.v1")
    record VisitRemoved(String visit, @FreeText String reason) implements ProgrammeEvent {}

    /// A document was added, or replaces the one of its id.
    @EventType("koinon.gathering.document-added.v1")
    record DocumentAdded(DocumentReference document) implements ProgrammeEvent {}

    @EventType("koinon.gathering.document-removed.v1")
    record DocumentRemoved(String document, @FreeText String reason) implements ProgrammeEvent {}

    /// A city registered its delegation, or replaced it.
    ///
    /// @param sums of all delegations after it
    /// @param delegations how many there are after it
    @EventType("koinon.gathering.delegation-registered.v1")
    record DelegationRegistered(String city, Headcount numbers, Headcount sums, int delegations)
            implements DelegationEvent {}

    @EventType("koinon.gathering.delegation-withdrawn.v1")
    record DelegationWithdrawn(String city, Headcount sums, int delegations) implements DelegationEvent {}

    /// Those of a delegation who came were counted, perhaps anew.
    ///
    /// @param sums of those who came, of all delegations that were counted
    @EventType("koinon.gathering.delegation-attended.v1")
    record DelegationAttended(String city, Headcount numbers, Headcount sums) implements DelegationEvent {}

    /// A report of who came was entered, or replaces the one of its id.
    @EventType("koinon.gathering.attendance-reported.v1")
    record AttendanceReported(ReportedAttendance attendance) implements ReportEvent {}

    @EventType("koinon.gathering.attendance-withdrawn.v1")
    record AttendanceWithdrawn(String attendance, @FreeText String reason) implements ReportEvent {}

    @EventType("koinon.gathering.held.v1")
    record GatheringHeld() implements GatheringEvent {}

    @EventType("koinon.gathering.cancelled.v1")
    record GatheringCancelled(@FreeText String reason) implements GatheringEvent {}

    /// It was confirmed by mistake that it was held.
    @EventType("koinon.gathering.held-reversed.v1")
    record HeldReversed(@FreeText String reason) implements GatheringEvent {}

    /// The text is redacted wherever it stands.
    @EventType("koinon.gathering.text-redacted.v1")
    record TextRedacted(String digest, @FreeText String reason) implements GatheringEvent, DomainEvent.TextRedacted {}

    @EventType("koinon.gathering.next-changed.v1")
    record NextChanged() implements GatheringEvent, NextActionsChanged {}
}
