/// A Kafka broker on one machine, in its own process.
@NullMarked
package koinon.local.broker;

import org.jspecify.annotations.NullMarked;
