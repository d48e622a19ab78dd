package planted.good;

import planted.parts.DomainEvent;

sealed interface ThingEvent extends DomainEvent {

    record Added(String name) implements ThingEvent {}
}
