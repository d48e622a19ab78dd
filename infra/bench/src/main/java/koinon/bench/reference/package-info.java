/// What Koinon is measured beside: the same work with nothing around it.
@NullMarked
package koinon.bench.reference;

import org.jspecify.annotations.NullMarked;
