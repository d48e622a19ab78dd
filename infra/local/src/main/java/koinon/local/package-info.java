/// Runs the whole system as processes on one machine.
@NullMarked
package koinon.local;

import org.jspecify.annotations.NullMarked;
