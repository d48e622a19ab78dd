/// A small aggregate to try the platform on.
@NullMarked
package koinon.platform.tally;

import org.jspecify.annotations.NullMarked;
