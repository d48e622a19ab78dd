/// Mapped classes with final fields.
@NullMarked
package planted.field;

import org.jspecify.annotations.NullMarked;
