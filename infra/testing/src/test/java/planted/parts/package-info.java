/// What the planted classes stand on, named as in the platform and in Spring.
@NullMarked
package planted.parts;

import org.jspecify.annotations.NullMarked;
