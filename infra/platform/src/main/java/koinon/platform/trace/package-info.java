/// The trace that a request, an event and every line logged about them belong to.
@NullMarked
package koinon.platform.trace;

import org.jspecify.annotations.NullMarked;
