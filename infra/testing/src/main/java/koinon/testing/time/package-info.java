/// Time and concurrency in tests.
@NullMarked
package koinon.testing.time;

import org.jspecify.annotations.NullMarked;
