/// Work in the background.
@NullMarked
package koinon.eventing.worker;

import org.jspecify.annotations.NullMarked;
