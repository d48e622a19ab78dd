@NullMarked
package planted.twin.one;

import org.jspecify.annotations.NullMarked;
