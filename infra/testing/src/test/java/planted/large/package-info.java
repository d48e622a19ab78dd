/// A package of eleven types.
@NullMarked
package planted.large;

import org.jspecify.annotations.NullMarked;
