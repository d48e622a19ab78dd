/// The only door: routing and status.
@NullMarked
package koinon.gateway;

import org.jspecify.annotations.NullMarked;
