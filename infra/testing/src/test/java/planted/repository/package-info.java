/// A repository that can write.
@NullMarked
package planted.repository;

import org.jspecify.annotations.NullMarked;
