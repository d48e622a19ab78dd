@NullMarked
package planted.twin.other;

import org.jspecify.annotations.NullMarked;
