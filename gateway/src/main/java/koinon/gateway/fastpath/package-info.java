/// The fast path for statuses that are already rendered.
@NullMarked
package koinon.gateway.fastpath;

import org.jspecify.annotations.NullMarked;
