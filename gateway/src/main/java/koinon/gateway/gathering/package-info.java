/// What the gateway keeps of gatherings and of the ideas that were raised in them.
@NullMarked
package koinon.gateway.gathering;

import org.jspecify.annotations.NullMarked;
