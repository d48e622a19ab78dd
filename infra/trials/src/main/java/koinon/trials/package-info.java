/// Plays the product over HTTP as a client would.
@NullMarked
package koinon.trials;

import org.jspecify.annotations.NullMarked;
