/// A repository that is public for nobody.
@NullMarked
package planted.repositoryopen;

import org.jspecify.annotations.NullMarked;
