/// One half of a cycle.
@NullMarked
package planted.cycle.one;

import org.jspecify.annotations.NullMarked;
