/// May write its own documents, and writes an aggregate.
@NullMarked
package planted.sneaky;

import org.jspecify.annotations.NullMarked;
