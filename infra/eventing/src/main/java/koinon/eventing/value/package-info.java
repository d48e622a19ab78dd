/// Values that every domain uses, and the bounds of what people enter.
@NullMarked
package koinon.eventing.value;

import org.jspecify.annotations.NullMarked;
