/// Clients of an application under test, and the tokens that they send.
@NullMarked
package koinon.testing.http;

import org.jspecify.annotations.NullMarked;
