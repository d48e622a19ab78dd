/// What must hold when everything is quiet again.
@NullMarked
package koinon.trials.chaos.proof;

import org.jspecify.annotations.NullMarked;
