/// Stands on a module that it may not use.
@NullMarked
package planted.neighbours;

import org.jspecify.annotations.NullMarked;
