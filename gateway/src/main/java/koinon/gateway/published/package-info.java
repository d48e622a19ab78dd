/// The aggregates that the services report as published. The gateway compares its read model with them: the number
/// of events to know whether it is complete, and the states.
@NullMarked
package koinon.gateway.published;

import org.jspecify.annotations.NullMarked;
