/// The other half of a cycle.
@NullMarked
package planted.cycle.other;

import org.jspecify.annotations.NullMarked;
