/// An aggregate that reaches a mapper of JSON through a class beside it.
@NullMarked
package planted.domain;

import org.jspecify.annotations.NullMarked;
