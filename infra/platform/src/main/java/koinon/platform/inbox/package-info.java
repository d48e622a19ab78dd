/// Kafka to handler: each event once in effect, what cannot be read set aside with all that follows it, until it is
/// replayed.
@NullMarked
package koinon.platform.inbox;

import org.jspecify.annotations.NullMarked;
