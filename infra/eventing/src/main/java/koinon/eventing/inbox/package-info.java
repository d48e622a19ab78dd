/// Kafka to handler: each event has its effect once; an event that cannot be handled is parked with all later
/// events of its aggregate until it is replayed.
@NullMarked
package koinon.eventing.inbox;

import org.jspecify.annotations.NullMarked;
