/// A feature as it should be.
@NullMarked
package planted.good;

import org.jspecify.annotations.NullMarked;
