/// The trace that a request, an event and every line logged about them belong to.
@NullMarked
package koinon.eventing.trace;

import org.jspecify.annotations.NullMarked;
