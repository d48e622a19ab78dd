/// The rows about the gateway and about the start of everything.
@NullMarked
package koinon.bench.gateway;

import org.jspecify.annotations.NullMarked;
