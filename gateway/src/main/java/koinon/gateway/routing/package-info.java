/// The routes to the services, and the answers when a service is unavailable.
@NullMarked
package koinon.gateway.routing;

import org.jspecify.annotations.NullMarked;
