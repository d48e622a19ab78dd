/// Breaks Koinon on purpose, under load, and proves that nothing was lost, done twice or invented.
@NullMarked
package koinon.trials.chaos;

import org.jspecify.annotations.NullMarked;
