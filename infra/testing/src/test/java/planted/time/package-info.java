/// An aggregate that looks at the clock, and one that makes up an id.
@NullMarked
package planted.time;

import org.jspecify.annotations.NullMarked;
