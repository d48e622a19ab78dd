/// The smallest service on eventing and http, in a process of its own: what is measured is what carries it.
@NullMarked
package koinon.bench.tally;

import org.jspecify.annotations.NullMarked;
