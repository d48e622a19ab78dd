/// The live stream of statuses; a client can resume it at any instance of the gateway.
@NullMarked
package koinon.gateway.stream;

import org.jspecify.annotations.NullMarked;
