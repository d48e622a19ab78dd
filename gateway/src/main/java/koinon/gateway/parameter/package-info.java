/// Checks of query parameters.
@NullMarked
package koinon.gateway.parameter;

import org.jspecify.annotations.NullMarked;
