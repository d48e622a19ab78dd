/// The scenarios of the demo: who does what, who is refused what, and what the status shows.
@NullMarked
package koinon.demo.scenario;

import org.jspecify.annotations.NullMarked;
