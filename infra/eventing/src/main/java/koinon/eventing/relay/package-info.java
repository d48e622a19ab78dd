/// Outbox to Kafka: what a save left in an outbox reaches the topic in order, whatever dies in between.
@NullMarked
package koinon.eventing.relay;

import org.jspecify.annotations.NullMarked;
