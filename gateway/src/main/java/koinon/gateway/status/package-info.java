/// Statuses of cooperation projects, derived from facts and the clock and answered as rendered bytes.
@NullMarked
package koinon.gateway.status;

import org.jspecify.annotations.NullMarked;
