/// Document to Kafka: what a save left in an outbox reaches the topic, in order, whatever dies in between.
@NullMarked
package koinon.platform.relay;

import org.jspecify.annotations.NullMarked;
