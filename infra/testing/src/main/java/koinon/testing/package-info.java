/// What the tests of all modules share.
@NullMarked
package koinon.testing;

import org.jspecify.annotations.NullMarked;
