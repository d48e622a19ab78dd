/// A controller that anyone can reach.
@NullMarked
package planted.hidden;

import org.jspecify.annotations.NullMarked;
