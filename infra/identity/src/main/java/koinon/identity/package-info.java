/// An OpenID provider for one machine and for tests.
@NullMarked
package koinon.identity;

import org.jspecify.annotations.NullMarked;
