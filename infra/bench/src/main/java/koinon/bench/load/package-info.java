/// Load on HTTP, made in a process of its own, with its latencies.
@NullMarked
package koinon.bench.load;

import org.jspecify.annotations.NullMarked;
