/// The routes to the services, and what is answered when one of them is away.
@NullMarked
package koinon.gateway.routing;

import org.jspecify.annotations.NullMarked;
