/// Reads all topics and passes their events, in order, to consumers.
@NullMarked
package koinon.gateway.topics;

import org.jspecify.annotations.NullMarked;
