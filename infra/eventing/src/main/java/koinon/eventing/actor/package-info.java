/// Who acts, and under which mandate.
@NullMarked
package koinon.eventing.actor;

import org.jspecify.annotations.NullMarked;
