/// Valid and invalid requests, and the check that only documented answers come back.
@NullMarked
package koinon.testing.input;

import org.jspecify.annotations.NullMarked;
