/// What a row of the bench is, what it yields, and what it stands on.
@NullMarked
package koinon.bench.row;

import org.jspecify.annotations.NullMarked;
