/// The bounds of what people enter, for every domain.
@NullMarked
package koinon.platform.model.bounds;

import org.jspecify.annotations.NullMarked;
