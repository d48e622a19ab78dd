package koinon.bench.tally;

import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;

/// Everything that can happen to a tally.
public sealed interface TallyEvent extends DomainEvent {

    @EventType("koinon.tally.opened.v1")
    record Opened(String title) implements TallyEvent {}

    @EventType("koinon.tally.counted.v1")
    record Counted(String what, long total) implements TallyEvent {}
}
