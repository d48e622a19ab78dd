/// Plays the product over HTTP as a client would.
@NullMarked
package koinon.demo;

import org.jspecify.annotations.NullMarked;
