/// The smallest service that stands on the platform, in a process of its own: what is measured is what carries it.
@NullMarked
package koinon.trials.bench.tally;

import org.jspecify.annotations.NullMarked;
