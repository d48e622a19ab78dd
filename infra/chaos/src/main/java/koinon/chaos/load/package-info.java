/// People who work all the time whatever breaks, and what they were answered.
@NullMarked
package koinon.chaos.load;

import org.jspecify.annotations.NullMarked;
