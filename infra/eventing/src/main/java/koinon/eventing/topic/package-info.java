/// Reads topics outside of consumer groups.
@NullMarked
package koinon.eventing.topic;

import org.jspecify.annotations.NullMarked;
