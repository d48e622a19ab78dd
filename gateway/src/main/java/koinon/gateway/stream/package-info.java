/// The live stream of statuses, resumable at any copy of the gateway.
@NullMarked
package koinon.gateway.stream;

import org.jspecify.annotations.NullMarked;
