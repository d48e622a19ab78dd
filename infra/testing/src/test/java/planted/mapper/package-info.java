/// A package that is a layer.
@NullMarked
package planted.mapper;

import org.jspecify.annotations.NullMarked;
