/// The short way for answers that are ready.
@NullMarked
package koinon.gateway.ready;

import org.jspecify.annotations.NullMarked;
