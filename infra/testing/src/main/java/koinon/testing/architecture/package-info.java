/// The rules on modules, packages and types that every module's tests check.
@NullMarked
package koinon.testing.architecture;

import org.jspecify.annotations.NullMarked;
