/// How a command is refused, and the bounds of what people enter.
@NullMarked
package koinon.eventing.rule;

import org.jspecify.annotations.NullMarked;
