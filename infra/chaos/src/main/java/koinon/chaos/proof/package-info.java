/// What must hold when everything is quiet again.
@NullMarked
package koinon.chaos.proof;

import org.jspecify.annotations.NullMarked;
