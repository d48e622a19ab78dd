/// The timelines of projects: every event with its actor, time and cause.
@NullMarked
package koinon.gateway.timeline;

import org.jspecify.annotations.NullMarked;
