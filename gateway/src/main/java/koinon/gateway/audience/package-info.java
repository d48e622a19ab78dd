/// Who may see what.
@NullMarked
package koinon.gateway.audience;

import org.jspecify.annotations.NullMarked;
