/// The status of every cooperation project: derived from its parts and the clock, answered as ready bytes.
@NullMarked
package koinon.gateway.status;

import org.jspecify.annotations.NullMarked;
