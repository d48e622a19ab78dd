package koinon.eventing.tally;

import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to a tally.
public sealed interface TallyEvent extends DomainEvent {

    @EventType("koinon.tally.opened.v1")
    record Opened(String title) implements TallyEvent {}

    @EventType("koinon.tally.counted.v1")
    record Counted(String what, @Nullable String remark) implements TallyEvent {}

    @EventType("koinon.tally.next-changed.v1")
    record NextChanged() implements TallyEvent, NextActionsChanged {}

    @EventType("koinon.tally.closed.v1")
    record Closed() implements TallyEvent {}
}
