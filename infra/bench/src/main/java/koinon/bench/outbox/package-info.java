/// What the outbox and its relay can do, beside the same without them.
@NullMarked
package koinon.bench.outbox;

import org.jspecify.annotations.NullMarked;
