/// People who work all the time whatever breaks, and what they were answered.
@NullMarked
package koinon.trials.chaos.load;

import org.jspecify.annotations.NullMarked;
