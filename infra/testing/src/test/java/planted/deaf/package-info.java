/// Is called a listener and lost its annotation.
@NullMarked
package planted.deaf;

import org.jspecify.annotations.NullMarked;
