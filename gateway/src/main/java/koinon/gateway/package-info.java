/// The gateway: routing to the services, and statuses and timelines of projects.
@NullMarked
package koinon.gateway;

import org.jspecify.annotations.NullMarked;
