/// A small aggregate for the tests of this module.
@NullMarked
package koinon.eventing.tally;

import org.jspecify.annotations.NullMarked;
