/// What the acts of the story are made of: the cities that play, and what they do more than once.
@NullMarked
package koinon.trials.scene;

import org.jspecify.annotations.NullMarked;
