/// The demo's story, act by act: who does what, who is refused what, and what the status shows.
@NullMarked
package koinon.trials.act;

import org.jspecify.annotations.NullMarked;
