/// What the planted classes stand on, named as in eventing and in Spring.
@NullMarked
package planted.parts;

import org.jspecify.annotations.NullMarked;
