/// A real Kafka broker on one machine, in a process of its own.
@NullMarked
package koinon.local.broker;

import org.jspecify.annotations.NullMarked;
