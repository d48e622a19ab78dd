/// A name that says nothing.
@NullMarked
package planted.names;

import org.jspecify.annotations.NullMarked;
