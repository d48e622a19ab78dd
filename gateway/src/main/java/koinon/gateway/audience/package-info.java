/// Decides which reader may see which fact.
@NullMarked
package koinon.gateway.audience;

import org.jspecify.annotations.NullMarked;
