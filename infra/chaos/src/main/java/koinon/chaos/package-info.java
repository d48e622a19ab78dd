/// Breaks Koinon on purpose, under load, and proves that nothing was lost, done twice or invented.
@NullMarked
package koinon.chaos;

import org.jspecify.annotations.NullMarked;
