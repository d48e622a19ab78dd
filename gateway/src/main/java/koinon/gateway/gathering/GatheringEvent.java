package koinon.gateway.gathering;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;

/// The events of a gathering whose facts the gateway keeps.
public sealed interface GatheringEvent {

    @EventType("koinon.gathering.announced.v1")
    record Announced(String kind, LocalName title, String city, Arrangements arrangements) implements GatheringEvent {}

    @EventType("koinon.gathering.amended.v1")
    record Amended(Arrangements arrangements) implements GatheringEvent {}

    @EventType("koinon.gathering.session-planned.v1")
    record SessionPlanned(Session session) implements GatheringEvent {}

    @EventType("koinon.gathering.session-removed.v1")
    record SessionRemoved(String session) implements GatheringEvent {}

    record LocalName(@FreeText String text) {}

    record Arrangements(Days days) {}

    record Session(String id, @FreeText String title) {}

    /// The days of a gathering, both included.
    ///
    /// @param zone IANA time zone id
    record Days(LocalDate first, LocalDate last, String zone) {

        Instant end() {
            return last.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
        }
    }
}
